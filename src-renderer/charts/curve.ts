/** A place on a curve. */
export interface CurvePoint {
  readonly x: number;
  /** Null where there was no number. */
  readonly y: number | null;
}
