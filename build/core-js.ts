// What the oldest runtime's JavaScript lacks, for the page: array copies, iterator helpers, promises.
import type { Plugin } from 'vite';

/** @param entry the module that runs first, by the end of its path */
export function withCoreJs(entry: string): Plugin {
  return {
    name: 'core-js',
    transform: (code, id) => (id.endsWith(entry) ? { code: `import 'core-js/actual';\n${code}`, map: null } : null),
  };
}
