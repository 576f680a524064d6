// Names of models say their whole line, and are told apart by its end: that is what is kept where there is little room.

const LONGEST_LINE = 30;
const shorten = (line: string): string => (line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`);

/** On two lines at most: where a line began, and what was done last. */
export function wrapName(name: string): string[] {
  const steps = name.split(', ');
  const [first = '', ...more] = steps;
  const last = more.at(-1);
  if (last === undefined) return [shorten(first)];
  return [shorten(first), shorten(more.length > 1 ? `… ${last}` : last)];
}
