// JSON in which every key of an object occurs once and none is a trap for programs that copy objects.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const DEPTH = 32;

export type StrictJson = { readonly value: unknown } | { readonly problem: string };

/** @returns what is wrong with the keys of a valid JSON text, or null. */
function findKeyProblem(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      if (open.push(token === '{' ? new Set() : null) > DEPTH) return `it is nested more than ${DEPTH} deep`;
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 16))) {
      const key = JSON.parse(token) as string;
      const keys = open.at(-1);
      if (FORBIDDEN.has(key)) return `the key "${key}" is not allowed`;
      if (keys?.has(key) === true) return `the key "${key}" occurs twice`;
      keys?.add(key);
    }
  }
  return null;
}

/** Parses JSON strictly. */
export function parseStrictJson(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  const problem = findKeyProblem(text);
  return problem === null ? { value } : { problem };
}
