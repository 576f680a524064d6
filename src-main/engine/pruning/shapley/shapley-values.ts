// What is known of the contributions of the units of one layer.

/** Of the units of one layer, the others of the network being there. */
export interface ShapleyValues {
  /** φ_u: the mean change of the value when u joins, over all orders in which the units can join. */
  readonly values: Float32Array;
  /** Half the width of the 95 % interval of each φ_u; zero where nothing was estimated. */
  readonly halfWidths: Float32Array;
  /** v(all units) − v(none): what the values add up to, as far as they are exact. */
  readonly total: number;
}
