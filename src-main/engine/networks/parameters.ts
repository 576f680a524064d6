// Parameters and masks of a network: named typed arrays, and what may be said of them without knowing any backend.

/** `<layer>/kernel` and `<layer>/bias` → values, row-major (dense [in, out], conv HWIO). */
export type Parameters = Readonly<Record<string, Float32Array>>;

/** Kernel name → 1 keeps, 0 prunes, same length as the kernel. A parameter without an entry is dense. */
export type Masks = Readonly<Record<string, Uint8Array>>;

/** A deep copy: a model never changes, so whoever trains takes one of these. */
export function cloneParameters(parameters: Parameters): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, values.slice()]));
}

/** θ ⊙ m, as a copy. Parameters without a mask are copied as they are. */
export function applyMasks(parameters: Parameters, masks: Masks): Record<string, Float32Array> {
  const masked = cloneParameters(parameters);
  for (const [name, mask] of Object.entries(masks)) {
    const values = masked[name];
    if (values === undefined) continue;
    for (let i = 0; i < values.length; i++) if (mask[i] === 0) values[i] = 0;
  }
  return masked;
}
