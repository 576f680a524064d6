// Ids that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7) with a counter in rand_a.
export interface UuidV7Source {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Cryptographically random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
}

const COUNTER_LIMIT = 2 ** 12;

/** Every id of one source is greater than the one before, also within a millisecond and when the clock steps back. */
export function uuidV7({ clock, randomBytes }: UuidV7Source): () => string {
  let time = 0;
  let counter = 0;
  return () => {
    const now = clock();
    counter = now > time ? 0 : counter + 1;
    time = Math.max(now, time);
    if (counter === COUNTER_LIMIT) {
      time += 1;
      counter = 0;
    }
    const random = randomBytes(8);
    random[0] = (random[0]! & 0x3f) | 0x80; // the variant
    const tail = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const head = time.toString(16).padStart(12, '0');
    const middle = counter.toString(16).padStart(3, '0');
    return `${head.slice(0, 8)}-${head.slice(8)}-7${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}
