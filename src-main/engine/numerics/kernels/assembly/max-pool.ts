// Max-pooling; cells outside of the image do not take part, and of equal values the first one wins.
import { clearFilling } from './panels';
import { MaxPoolRecord } from './records';

export function maxPoolForward(pool: MaxPoolRecord, panels: i32): void {
  const channels = pool.channels;
  for (let p = 0; p < panels; p++) {
    const x = pool.x + <usize>p * pool.xStride;
    let y = pool.y + <usize>p * pool.yStride;
    let argmax = pool.argmax + <usize>p * pool.yStride;
    for (let oy = 0; oy < pool.outHeight; oy++) {
      const top = oy * pool.strideY - pool.padTop;
      const yFrom = max(top, 0);
      const yEnd = min(top + pool.poolHeight, pool.height);
      for (let ox = 0; ox < pool.outWidth; ox++) {
        const left = ox * pool.strideX - pool.padLeft;
        const xFrom = max(left, 0);
        const xEnd = min(left + pool.poolWidth, pool.width);
        for (let c = 0; c < channels; c++) {
          for (let half: usize = 0; half < 32; half += 16) {
            let offset = ((<usize>((yFrom * pool.width + xFrom) * channels + c)) << 5) + half;
            let best = v128.load(x + offset);
            let where = i32x4.splat(<i32>offset);
            for (let iy = yFrom; iy < yEnd; iy++) {
              for (let ix = xFrom; ix < xEnd; ix++) {
                offset = ((<usize>((iy * pool.width + ix) * channels + c)) << 5) + half;
                const value = v128.load(x + offset);
                const greater = f32x4.gt(value, best);
                best = v128.bitselect(value, best, greater);
                where = v128.bitselect(i32x4.splat(<i32>offset), where, greater);
              }
            }
            v128.store(y + half, best);
            if (pool.argmax) v128.store(argmax + half, where);
          }
          y += 32;
          argmax += 32;
        }
      }
    }
  }
  clearFilling(pool.y, pool.yStride, pool.outHeight * pool.outWidth * channels, panels);
}

export function maxPoolBackward(pool: MaxPoolRecord, panels: i32): void {
  if (pool.dx == 0) return;
  const inputBytes = (<usize>(pool.height * pool.width * pool.channels)) << 5;
  const outputBytes = (<usize>(pool.outHeight * pool.outWidth * pool.channels)) << 5;
  for (let p = 0; p < panels; p++) {
    const dx = pool.dx + <usize>p * pool.xStride;
    const dy = pool.dy + <usize>p * pool.yStride;
    const argmax = pool.argmax + <usize>p * pool.yStride;
    if (!pool.accumulate) memory.fill(dx, 0, inputBytes);
    for (let offset: usize = 0; offset < outputBytes; offset += 4) {
      const to = dx + load<u32>(argmax + offset) + (offset & 12);
      f32.store(to, f32.load(to) + f32.load(dy + offset));
    }
  }
}

/** One sample: a vector of (row, column, channel). */
export function maxPoolSingle(pool: MaxPoolRecord): void {
  const channels = pool.channels;
  let y = pool.y;
  for (let oy = 0; oy < pool.outHeight; oy++) {
    const top = oy * pool.strideY - pool.padTop;
    const yFrom = max(top, 0);
    const yEnd = min(top + pool.poolHeight, pool.height);
    for (let ox = 0; ox < pool.outWidth; ox++) {
      const left = ox * pool.strideX - pool.padLeft;
      const xFrom = max(left, 0);
      const xEnd = min(left + pool.poolWidth, pool.width);
      for (let c = 0; c < channels; c++) {
        let best = f32.load(pool.x + ((<usize>((yFrom * pool.width + xFrom) * channels + c)) << 2));
        for (let iy = yFrom; iy < yEnd; iy++) {
          for (let ix = xFrom; ix < xEnd; ix++) {
            const value = f32.load(pool.x + ((<usize>((iy * pool.width + ix) * channels + c)) << 2));
            best = value > best ? value : best;
          }
        }
        f32.store(y, best);
        y += 4;
      }
    }
  }
  while (y & 15) {
    f32.store(y, 0);
    y += 4;
  }
}
