// Preprocessing: row-major observations → scale → clip((x − mean) / deviation) → panels.
import { clearFilling } from './panels';
import { InputRecord } from './records';
import { storeTransposed, zero } from './simd';

function preprocessFour(input: InputRecord, from: usize, offset: usize, scale: v128, clip: v128): v128 {
  let x = f32x4.mul(v128.load(from + offset), scale);
  if (input.mean) {
    x = f32x4.sub(x, v128.load(input.mean + offset));
    x = f32x4.mul(x, v128.load(input.inverse + offset));
    x = f32x4.pmax(f32x4.pmin(x, clip), f32x4.neg(clip));
  }
  return x;
}

function preprocessOne(input: InputRecord, from: usize, offset: usize): f32 {
  let x = f32.load(from + offset) * input.scale;
  if (input.mean) {
    x = (x - f32.load(input.mean + offset)) * f32.load(input.inverse + offset);
    x = max(-input.clip, min(input.clip, x));
  }
  return x;
}

/** Four samples (those that exist), all features; the lanes of the others become zero. */
function inputRows(input: InputRecord, from: usize, samples: i32, y: usize): void {
  const rowBytes = (<usize>input.size) << 2;
  const wide = rowBytes & ~15;
  const scale = f32x4.splat(input.scale);
  const clip = f32x4.splat(input.clip);
  const second = from + rowBytes;
  const third = second + rowBytes;
  const fourth = third + rowBytes;
  for (let offset: usize = 0; offset < wide; offset += 16) {
    const a = samples > 0 ? preprocessFour(input, from, offset, scale, clip) : zero();
    const b = samples > 1 ? preprocessFour(input, second, offset, scale, clip) : zero();
    const c = samples > 2 ? preprocessFour(input, third, offset, scale, clip) : zero();
    const d = samples > 3 ? preprocessFour(input, fourth, offset, scale, clip) : zero();
    storeTransposed(a, b, c, d, y + offset * 8, 32);
  }
  for (let offset = wide; offset < rowBytes; offset += 4) {
    for (let s = 0; s < 4; s++) {
      const x = s < samples ? preprocessOne(input, from + <usize>s * rowBytes, offset) : 0;
      f32.store(y + offset * 8 + ((<usize>s) << 2), x);
    }
  }
}

export function inputForward(input: InputRecord, batch: i32, panels: i32): void {
  const rowBytes = (<usize>input.size) << 2;
  for (let p = 0; p < panels; p++) {
    const from = input.source + <usize>(8 * p) * rowBytes;
    const y = input.y + <usize>p * input.yStride;
    inputRows(input, from, batch - 8 * p, y);
    inputRows(input, from + 4 * rowBytes, batch - 8 * p - 4, y + 16);
  }
  clearFilling(input.y, input.yStride, input.size, panels);
}

/** One sample: a vector, filled up to a multiple of 4 with zeros. */
export function inputSingle(input: InputRecord): void {
  const bytes = (<usize>input.size) << 2;
  const wide = bytes & ~15;
  const scale = f32x4.splat(input.scale);
  const clip = f32x4.splat(input.clip);
  for (let offset: usize = 0; offset < wide; offset += 16) {
    v128.store(input.y + offset, preprocessFour(input, input.source, offset, scale, clip));
  }
  for (let offset = wide; offset < ((bytes + 15) & ~15); offset += 4) {
    f32.store(input.y + offset, offset < bytes ? preprocessOne(input, input.source, offset) : 0);
  }
}
