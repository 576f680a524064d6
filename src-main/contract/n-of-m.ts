// N:M, a pattern of which weights stay: of every M in a row, N.

/** Both numbers; null where the text is no pattern that prunes something and leaves something. */
export function readPattern(text: string): { readonly n: number; readonly m: number } | null {
  const [n, m] = (/^([1-9]\d*):([1-9]\d*)$/.exec(text)?.slice(1) ?? []).map(Number);
  return n === undefined || m === undefined || n >= m ? null : { n, m };
}
