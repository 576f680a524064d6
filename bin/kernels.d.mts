// Types of kernels.mjs, which stays JavaScript so that an unsupported Node can read it.
export interface Kernel {
  readonly file: URL;
  readonly features: readonly string[];
}
export const kernelSources: URL;
export const kernelBuilder: URL;
export const kernels: readonly Kernel[];
export function staleKernels(): readonly Kernel[];
