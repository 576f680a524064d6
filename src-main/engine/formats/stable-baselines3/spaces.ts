// Observation and action spaces, from their readable summaries: old gym and gymnasium spell them differently.
import type { ActionSpace } from '../../../contract/environment.ts';
import { classNameOf, fieldsOf, type Fields } from './data.ts';

export type Space =
  | {
      readonly kind: 'box';
      readonly shape: readonly number[];
      readonly dtype: string;
      /** One per element; null when the summary does not show them. */
      readonly low: readonly number[] | null;
      readonly high: readonly number[] | null;
      /** Bytes from 0 to 255 in three dimensions: Stable-Baselines3 divides them by 255. */
      readonly image: boolean;
    }
  | { readonly kind: 'discrete'; readonly n: number }
  | { readonly kind: 'other'; readonly name: string };

/** Far more than any observation or action has, and little enough to hold. */
const LARGEST = 1_000_000;

function numbersIn(text: unknown): number[] {
  if (typeof text !== 'string') return [];
  const words = text.split(/[[\],\s]+/).filter((word) => word !== '' && word !== '...');
  return words.map((word) => (/^[-+]?inf$/.test(word) ? (word.startsWith('-') ? -Infinity : Infinity) : Number(word)));
}

/** NumPy's rendering of bounds, e.g. "[-4.8 -inf]", or where it is shortened `low_repr`, one number for all. */
function readBounds(fields: Fields, name: 'low' | 'high', size: number): number[] | null {
  const shown = fields[name];
  const complete = typeof shown === 'string' && !shown.includes('...');
  const values = numbersIn(complete ? shown : fields[`${name}_repr`]);
  if (values.some(Number.isNaN)) return null;
  if (values.length === size) return values;
  return values.length === 1 ? Array.from({ length: size }, () => values[0]!) : null;
}

function readBox(fields: Fields): Space | null {
  const shape: unknown = fields._shape ?? fields.shape;
  if (!Array.isArray(shape)) return null;
  const sizes = shape.filter((size) => typeof size === 'number' && Number.isSafeInteger(size) && size > 0) as number[];
  if (sizes.length !== shape.length || sizes.length > 8) return null;
  const size = sizes.reduce((product, dimension) => product * dimension, 1);
  if (size > LARGEST) return null;
  const dtype = typeof fields.dtype === 'string' ? fields.dtype : '';
  const every = (name: string, value: number): boolean => numbersIn(fields[name]).every((number) => number === value);
  return {
    kind: 'box',
    shape: sizes,
    dtype,
    low: readBounds(fields, 'low', size),
    high: readBounds(fields, 'high', size),
    image: dtype === 'uint8' && sizes.length === 3 && every('low', 0) && every('high', 255),
  };
}

/** The space that a summary describes; null when it cannot be read. */
export function readSpace(value: unknown): Space | null {
  const fields = fieldsOf(value);
  const name = classNameOf(fields[':type:']);
  switch (name) {
    case null:
      return null;
    case 'Box':
      return readBox(fields);
    case 'Discrete': {
      const n = Number(fields.n);
      return Number.isSafeInteger(n) && n > 0 ? { kind: 'discrete', n } : null;
    }
    default:
      return { kind: 'other', name };
  }
}

const finite = (bound: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, bound));

/** The box of continuous actions; bounds that are not known are as wide as can be, and a note says so. */
export function continuousActions(space: Space | null, size: number): { space: ActionSpace; notes: string[] } {
  const box = space?.kind === 'box' ? space : null;
  const unbounded = Array.from({ length: size }, () => Infinity);
  const low = box?.low ?? unbounded.map((bound) => -bound);
  const high = box?.high ?? unbounded;
  const known = box?.low != null && box.high != null;
  return {
    space: { kind: 'box', shape: box?.shape ?? [size], low: low.map(finite), high: high.map(finite) },
    notes: known ? [] : ['The bounds of the actions could not be read from the file: actions are not clipped.'],
  };
}
