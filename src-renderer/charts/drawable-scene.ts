// What there is to draw, as data.

/** As the contract's `Scene`: y up, later shapes on top, roles rather than colours. */
export interface DrawableScene {
  readonly bounds: { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number };
  readonly shapes: readonly DrawableShape[];
}

export type Point = readonly [number, number];

export type DrawableShape =
  | { readonly kind: 'line'; readonly points: readonly Point[]; readonly width: number; readonly role: string }
  | { readonly kind: 'polygon'; readonly points: readonly Point[]; readonly role: string }
  | { readonly kind: 'circle'; readonly center: Point; readonly radius: number; readonly role: string }
  /** From (0, 0) to (width, height); `pixels` is zlib's RGB, rows from the top, as base64. */
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly pixels: string };
