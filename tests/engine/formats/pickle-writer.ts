// Writes the small pickles that tests need, protocol 2, from nested parts.

export type Part = readonly number[] | number | string | boolean;

const text = (value: string): number[] => [...new TextEncoder().encode(value)];

const int32 = (value: number): number[] => [...new Uint8Array(Int32Array.of(value).buffer)];

function encode(part: Part): readonly number[] {
  switch (typeof part) {
    case 'number':
      return [0x4a, ...int32(part)];
    case 'string':
      return [0x58, ...int32(text(part).length), ...text(part)];
    case 'boolean':
      return [part ? 0x88 : 0x89];
    default:
      return part;
  }
}

const all = (parts: readonly Part[]): number[] => parts.flatMap((part) => [...encode(part)]);

export const emptyDict: Part = [0x7d];
export const tuple = (...items: readonly Part[]): Part => [0x28, ...all(items), 0x74];
export const dict = (...pairs: readonly (readonly [Part, Part])[]): Part => [0x7d, 0x28, ...all(pairs.flat()), 0x75];
export const global = (module: string, name: string): Part => [0x63, ...text(`${module}\n${name}\n`)];
export const reduce = (callable: Part, args: Part): Part => [...encode(callable), ...encode(args), 0x52];
export const persistent = (id: Part): Part => [...encode(id), 0x51];
export const dump = (value: Part): Uint8Array => Uint8Array.from([0x80, 2, ...encode(value), 0x2e]);
