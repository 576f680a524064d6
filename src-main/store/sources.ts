/** Where the repositories get what is different on every call. */
export interface Sources {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** A new id, greater than all before. */
  readonly ids: () => string;
}
