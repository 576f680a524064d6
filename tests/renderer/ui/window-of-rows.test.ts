// Which rows are rendered.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowOfRows } from '../../../src-renderer/ui/window-of-rows.ts';

it('has every row that is in view, few others, and the height of all of them', () => {
  const size = { top: fc.integer({ min: 0, max: 50_000 }), height: fc.integer({ min: 0, max: 1200 }) };
  fc.assert(
    fc.property(fc.record({ ...size, rowHeight: fc.integer({ min: 20, max: 60 }), count: fc.nat(1000) }), (given) => {
      const { top, height, rowHeight, count } = given;
      const { first, end, above, below } = windowOfRows(given);
      for (let row = 0; row < count; row++) {
        const isInView = (row + 1) * rowHeight > top && row * rowHeight < top + height;
        if (isInView) expect(row >= first && row < end).toBe(true);
      }
      expect(above + (end - first) * rowHeight + below).toBe(count * rowHeight);
      expect(end - first).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 18);
    }),
  );
});
