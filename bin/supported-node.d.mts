// Types of supported-node.mjs, which stays JavaScript so that an unsupported Node can read it.
export function isSupportedNode(version: string): boolean;
export interface NodeBinary {
  readonly path: string;
  readonly version: string;
}
export function pinnedNode(platform: { readonly platform: string; readonly arch: string }): NodeBinary | undefined;
export function chooseNode(candidates: {
  readonly pinned: NodeBinary | undefined;
  readonly current: NodeBinary;
}): (NodeBinary & { readonly problem?: undefined }) | { readonly path?: undefined; readonly problem: string };
export function nodeOptions(node: { readonly version: string; readonly arch: string }): readonly string[];
