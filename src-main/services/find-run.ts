import type { Run } from '../contract/entity.ts';
import type { Store } from '../store/store.ts';

/** The run whose id this is, or the only one whose id begins so. */
export function findRun(store: Store, text: string): Run | null {
  const runs = store.projects.list().flatMap((project) => store.runs.list(project.id));
  const found = runs.filter((run) => run.id.startsWith(text));
  return runs.find((run) => run.id === text) ?? (found.length === 1 ? found[0]! : null);
}
