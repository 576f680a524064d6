// The time of day, for whatever shows how long something has been going on.
import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 1000;

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, TICK_MS);
  return () => {
    clearInterval(timer);
  };
});

/** Milliseconds since 1970; whoever reads it follows it, a second at a time. */
export function now(): number {
  subscribe();
  return Date.now();
}
