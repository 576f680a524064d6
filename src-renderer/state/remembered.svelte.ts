// A convenience that this browser remembers for the person: how much curves are smoothed, and the like.
import type { z } from 'zod';

export class Remembered<T> {
  readonly #key: string;
  #value: T = $state.raw()!;

  /** @param fallback when nothing is remembered, or something that does not fit */
  constructor(key: string, schema: z.ZodType<T>, fallback: T) {
    this.#key = `secateur.${key}`;
    this.#value = read(this.#key, schema) ?? fallback;
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    this.#value = value;
    localStorage.setItem(this.#key, JSON.stringify(value));
  }
}

function read<T>(key: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(key) ?? ''));
  } catch {
    return null;
  }
}
