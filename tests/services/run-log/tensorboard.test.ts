import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../src-main/services/run-log/crc32c.ts';
import { fileHeader, scalarRecord, type ScalarEvent } from '../../../src-main/services/run-log/tensorboard.ts';
import { decodeEvents } from './decode-events.ts';

describe('crc32c', () => {
  it.each([
    // RFC 3720, appendix B.4, and the usual check value.
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['0 to 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ['123456789', new TextEncoder().encode('123456789'), 0xe3069283],
  ])('of %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('event files', () => {
  it("have the bytes that TensorBoard's own writer writes", () => {
    const golden = readFileSync(new URL('../../fixtures/tensorboard/scalars.tfevents', import.meta.url));
    const scalars: [tag: string, step: number, value: number][] = [
      ['loss', 0, 0.5],
      ['validation return', 1, -200.25],
      ['validation return', 300, 1e-3],
      ['Erträge, "roh"', 2 ** 40, NaN],
      ['x'.repeat(200), 127, 3e38],
      ['steps per second', 128, 0],
    ];
    const records = scalars.map(([tag, step, value], i) =>
      scalarRecord({ seconds: 1_700_000_001 + i / 4, step, tag, value }),
    );
    const written = Buffer.concat([fileHeader(1_700_000_000.125), ...records]);
    expect(written.toString('hex')).toBe(golden.toString('hex'));
  });

  it('can be read back, whatever is written', () => {
    const event: fc.Arbitrary<ScalarEvent> = fc.record({
      seconds: fc.double({ min: 0, max: 1e12, noNaN: true }),
      step: fc.maxSafeNat(),
      tag: fc.string({ unit: 'grapheme', maxLength: 300 }),
      value: fc.float(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), (events) => {
        const bytes = Buffer.concat([fileHeader(1), ...events.map(scalarRecord)]);
        expect(decodeEvents(bytes)).toEqual(events);
      }),
    );
  });
});
