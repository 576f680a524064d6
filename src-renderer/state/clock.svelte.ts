// The time, for what says how long ago something was; it ticks only while somebody looks.
import { createSubscriber } from 'svelte/reactivity';

class Clock {
  readonly #second = ticking(1000);
  readonly #minute = ticking(60_000);

  /** Milliseconds since 1970, read again every second. */
  get second(): number {
    this.#second();
    return Date.now();
  }

  /** Milliseconds since 1970, read again every minute. */
  get minute(): number {
    this.#minute();
    return Date.now();
  }
}

function ticking(milliseconds: number): () => void {
  return createSubscriber((update) => {
    const timer = setInterval(update, milliseconds);
    return () => {
      clearInterval(timer);
    };
  });
}

export const clock = new Clock();
