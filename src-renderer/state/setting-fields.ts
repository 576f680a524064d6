// What can be typed for each setting of an algorithm, read off the contract's schema: a new setting needs no new field.
import { z } from 'zod';

/** How a setting is entered. */
export type FieldKind =
  /** Where it may be empty that means null, or absent. */
  | { readonly kind: 'number'; readonly integer: boolean; readonly nullable: boolean; readonly optional: boolean }
  /** An optional one is absent rather than off. */
  | { readonly kind: 'flag'; readonly optional: boolean }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** Whole numbers with commas between them. */
  | { readonly kind: 'counts' }
  /** Anything else, as JSON. */
  | { readonly kind: 'json'; readonly optional: boolean };

/** What was typed: a flag, or a text. */
export type Typed = string | boolean;

/** A typed value as the setting it means; what cannot be says why, as the schema does. */
export type Entered =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issue: z.core.$ZodIssue | null };

type Schema = z.core.$ZodType;

/** Without what is around it: readonly, nullable, optional, a default. */
function innermost(schema: Schema): { inner: Schema; nullable: boolean; optional: boolean } {
  if (schema instanceof z.ZodNullable) return { ...innermost(schema.unwrap()), nullable: true };
  if (schema instanceof z.ZodOptional) return { ...innermost(schema.unwrap()), optional: true };
  if (schema instanceof z.ZodReadonly || schema instanceof z.ZodDefault) return innermost(schema.unwrap());
  return { inner: schema, nullable: false, optional: false };
}

const isInteger = (schema: z.ZodNumber): boolean => schema.format === 'safeint';

export function fieldKindOf(schema: Schema): FieldKind {
  const { inner, nullable, optional } = innermost(schema);
  if (inner instanceof z.ZodNumber) return { kind: 'number', integer: isInteger(inner), nullable, optional };
  if (inner instanceof z.ZodBoolean) return { kind: 'flag', optional };
  if (inner instanceof z.ZodEnum) return { kind: 'choice', options: inner.options.map(String) };
  if (inner instanceof z.ZodArray && inner.element instanceof z.ZodNumber && isInteger(inner.element)) {
    return { kind: 'counts' };
  }
  return { kind: 'json', optional };
}

/** The numbers of a setting that is a few of them together, or absent; null for any other. */
export function partsOf(schema: Schema): Readonly<Record<string, Schema>> | null {
  const { inner, optional } = innermost(schema);
  if (!optional || !(inner instanceof z.ZodObject)) return null;
  const shape: Readonly<Record<string, Schema>> = inner.shape;
  return Object.values(shape).every((part) => fieldKindOf(part).kind === 'number') ? shape : null;
}

/** A setting as it stands in its field. */
export function typedFrom(kind: FieldKind, value: unknown): Typed {
  switch (kind.kind) {
    case 'flag':
      return value === true;
    case 'counts':
      return (value as readonly number[]).join(', ');
    case 'json':
      return value === undefined ? '' : JSON.stringify(value);
    case 'number':
      return typeof value === 'number' ? String(value) : '';
    case 'choice':
      return typeof value === 'string' ? value : '';
  }
}

function meaningOf(kind: FieldKind, typed: Typed): { readonly value: unknown } | null {
  if (typeof typed === 'boolean') return { value: kind.kind === 'flag' && kind.optional && !typed ? undefined : typed };
  const text = typed.trim();
  switch (kind.kind) {
    case 'number':
      if (text === '' && kind.nullable) return { value: null };
      if (text === '') return kind.optional ? { value: undefined } : null;
      return { value: Number(text) };
    case 'counts':
      return { value: text === '' ? [] : text.split(/[\s,;]+/).map(Number) };
    case 'json':
      if (text === '') return kind.optional ? { value: undefined } : null;
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        return null;
      }
    default:
      return { value: text };
  }
}

/** What a typed value means to the schema. */
export function enter(schema: Schema, kind: FieldKind, typed: Typed): Entered {
  const meaning = meaningOf(kind, typed);
  if (meaning === null) return { ok: false, issue: null };
  const parsed = z.safeParse(schema, meaning.value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, issue: parsed.error.issues[0] ?? null };
}
