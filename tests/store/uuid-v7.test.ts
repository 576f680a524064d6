import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { idSchema } from '../../src-main/contract/entity.ts';
import { uuidV7 } from '../../src-main/store/uuid-v7.ts';

it('encodes time, version and variant as in RFC 9562, appendix A.6', () => {
  // The RFC's example has rand_a = 0xcc3; a fresh millisecond counts from 0 here.
  const ids = uuidV7({
    clock: () => 0x017f22e279b0,
    randomBytes: () => new Uint8Array([0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]),
  });
  expect(ids()).toBe('017f22e2-79b0-7000-98c4-dc0c0c07398f');
});

it('sorts ids by when they were made, within a millisecond and when the clock steps back', () => {
  let now = 1_700_000_000_000;
  const ids = uuidV7({ clock: () => now, randomBytes });
  const made: string[] = [];
  for (const step of [0, 0, 1, -5000, 0, 10_000]) {
    now += step;
    for (let i = 0; i < 5000; i++) made.push(ids());
  }
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((id) => idSchema.safeParse(id).success)).toBe(true);
});
