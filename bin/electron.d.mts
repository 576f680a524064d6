// Types of electron.mjs, which stays JavaScript so that an unsupported Node can read it.
export interface FoundElectron {
  readonly program: string;
  /** Where it lies, with its parts. */
  readonly folder: string;
  readonly reason?: undefined;
}
export function findElectron(
  machine: { readonly platform: string; readonly env: NodeJS.ProcessEnv; readonly uid: number | undefined },
  args: readonly string[],
): FoundElectron | { readonly program?: undefined; readonly reason: string };
export function targetFor(found: { readonly program: string; readonly folder: string }): string | undefined;
