// Where the window opens: as it was, as far as a person can reach it.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPlace, readPlace, writePlace } from '../../../../src-main/hosts/electron/window/bounds.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 875 };
const beside = { x: 1440, y: -200, width: 2560, height: 1400 };
const place = { x: 100, y: 50, width: 1200, height: 700, maximized: false };

describe('the place of the window', () => {
  it('is in the middle of the first screen at the first start', () => {
    expect(fitPlace(null, [{ ...laptop, width: 1920, height: 1040 }])).toEqual({ width: 1440, height: 900 });
    expect(fitPlace(null, [laptop])).toEqual({ width: 1440, height: 875 });
  });

  it('is as it was where a screen is there', () => {
    expect(fitPlace(place, [laptop])).toEqual({ x: 100, y: 50, width: 1200, height: 700 });
    const right = { ...place, x: 2000, y: -100 };
    expect(fitPlace(right, [laptop, beside])).toEqual({ x: 2000, y: -100, width: 1200, height: 700 });
  });

  it('is in the middle again when its screen is gone', () => {
    expect(fitPlace({ ...place, x: 2000 }, [laptop])).toEqual({ width: 1200, height: 700 });
    expect(fitPlace({ ...place, y: -300 }, [laptop])).toEqual({ width: 1200, height: 700 });
    expect(fitPlace({ ...place, y: 870 }, [laptop])).toEqual({ width: 1200, height: 700 });
  });

  it('always leaves a grip on some screen', () => {
    const anywhere = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
      width: fc.integer({ min: 1, max: 4000 }),
      height: fc.integer({ min: 1, max: 4000 }),
      maximized: fc.boolean(),
    });
    fc.assert(
      fc.property(anywhere, (any) => {
        const { x, y, width = 0 } = fitPlace(any, [laptop, beside]);
        if (x === undefined || y === undefined) return;
        const visible = [laptop, beside].map((screen) => {
          const columns = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
          return y >= screen.y && y < screen.y + screen.height ? columns : 0;
        });
        expect(Math.max(...visible)).toBeGreaterThanOrEqual(64);
      }),
    );
  });

  it('is read as it was written, and not at all when it is damaged', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'secateur-place-')), 'place.json');
    expect(await readPlace(file)).toBeNull();
    await writePlace(file, place);
    expect(await readPlace(file)).toEqual(place);
    for (const damaged of ['{', '[]', '{"x":"left"}', JSON.stringify({ ...place, width: -1 })]) {
      writeFileSync(file, damaged);
      expect(await readPlace(file), damaged).toBeNull();
    }
  });
});
