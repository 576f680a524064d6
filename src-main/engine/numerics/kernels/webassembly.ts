// The part of WebAssembly that the kernels need; the engine is compiled without the types of any host.

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A compiled module. */
export type WasmModule = object;

/** A compiled build of assembly/ and how it is to be run. */
export interface KernelModule {
  readonly module: WasmModule;
  /** `relaxed` builds use fused multiply-adds and round otherwise. */
  readonly flavour: 'simd' | 'relaxed-simd';
  /**
   * Whether the engine makes 256-bit instructions of pairs of vectors, so that tiles of twice the size are faster.
   * The bytes are the same.
   */
  readonly wide: boolean;
}

interface WebAssemblyApi {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: unknown };
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;

/** What assembly/index.ts exports; addresses in bytes, lengths in records. */
export interface KernelExports {
  /** From now on; without, tiles are narrow. */
  useWideTiles(): void;
  forward(program: number, length: number, batch: number): void;
  forwardSingle(program: number, length: number): void;
  backward(program: number, length: number, batch: number): void;
  denseWeightGradient(layer: number, batch: number, dw: number): void;
  squaredNorm(parameters: number, count: number): number;
  flushSlots(parameters: number, count: number): void;
  adamStep(
    parameters: number,
    count: number,
    scale: number,
    rate: number,
    keep1: number,
    fresh1: number,
    keep2: number,
    fresh2: number,
    root: number,
    epsilon: number,
  ): void;
  rmspropStep(
    parameters: number,
    count: number,
    scale: number,
    rate: number,
    keep: number,
    fresh: number,
    epsilon: number,
    centered: number,
  ): void;
  sgdStep(parameters: number, count: number, scale: number, rate: number, momentum: number): void;
}
