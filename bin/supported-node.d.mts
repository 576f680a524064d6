// Types of supported-node.mjs, which stays JavaScript so that an unsupported Node can read it.
export function isSupportedNode(version: string): boolean;
export function pinnedNode(platform: { readonly platform: string; readonly arch: string }): string | undefined;
export function chooseNode(candidates: {
  readonly pinned: string | undefined;
  readonly current: { readonly path: string; readonly version: string };
}): { readonly path: string; readonly problem?: undefined } | { readonly path?: undefined; readonly problem: string };
