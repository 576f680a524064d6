// Against the definition, item by item.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paretoFront } from '../../src-main/contract/pareto-front.ts';

type Worth = readonly [number, number];
const beats = (a: Worth, b: Worth): boolean => a[0] >= b[0] && a[1] >= b[1] && (a[0] > b[0] || a[1] > b[1]);
/** Few values, so that there are many ties; what was not measured is worth nothing at all. */
const respect = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(-Infinity));

it('keeps exactly what nothing else beats, equals among them, in the order given', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(respect, respect), { maxLength: 40 }), (worths) => {
      const items = worths.map((worth, number) => ({ number, worth }));
      const unbeaten = items.filter(({ worth }) => !worths.some((other) => beats(other, worth)));
      expect(paretoFront(items, ({ worth }) => worth)).toEqual(unbeaten);
    }),
    { numRuns: 1000 },
  );
});
