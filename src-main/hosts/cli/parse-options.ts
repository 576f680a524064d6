// Option values as numbers and lists, refused with a sentence when they are not.
import { InvalidArgumentError } from 'commander';
import { exportFormatSchema, type ExportFormat } from '../../contract/recipe.ts';

export function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('a number is needed.');
  return value;
}

export function parseCount(text: string): number {
  const value = parseNumber(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number ≥ 0 is needed.');
  return value;
}

export function parsePositive(text: string): number {
  const value = parseCount(text);
  if (value === 0) throw new InvalidArgumentError('a whole number ≥ 1 is needed.');
  return value;
}

/** For options that can be given again and again. */
export const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** "l1,lamp" as names, each once. */
export const parseNames = (text: string): string[] => [...new Set(text.split(',').map((name) => name.trim()))];

/** "0.9,0.5" as ascending numbers, each once. */
export function parseShares(text: string): number[] {
  return [...new Set(text.split(',').map(parseNumber))].sort((a, b) => a - b);
}

export function parseFormats(text: string): ExportFormat[] {
  return text.split(',').map((name) => {
    const format = exportFormatSchema.safeParse(name.trim());
    if (!format.success) throw new InvalidArgumentError(`known formats: ${exportFormatSchema.options.join(', ')}.`);
    return format.data;
  });
}
