// Which of several files belong together: an agent, and the normaliser of its observations that was saved beside it.

export interface FilePair<F> {
  /** Null for a normaliser whose agent is not among the files. */
  readonly agent: F | null;
  readonly normalizer: F | null;
}

const isNormalizer = ({ name }: { readonly name: string }): boolean => /\.(pkl|pickle)$/i.test(name);
const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '');

/**
 * One agent and one normaliser belong together whatever their names; of several, a normaliser belongs to the agent whose
 * name it begins with ("a2c-Acrobot-v1.vecnormalize.pkl" to "a2c-Acrobot-v1.zip"), the longest of such names.
 * @returns in the order of the agents, then the normalisers that are left
 */
export function pairFiles<F extends { readonly name: string }>(files: readonly F[]): readonly FilePair<F>[] {
  const agents = files.filter((file) => !isNormalizer(file));
  const normalizers = files.filter(isNormalizer);
  if (agents.length === 1 && normalizers.length === 1) return [{ agent: agents[0]!, normalizer: normalizers[0]! }];
  const byLength = [...agents].sort((a, b) => stemOf(b.name).length - stemOf(a.name).length);
  const given = new Map<F, F>();
  const lonely: F[] = [];
  for (const normalizer of normalizers) {
    const agent = byLength.find((one) => !given.has(one) && normalizer.name.startsWith(stemOf(one.name)));
    if (agent === undefined) lonely.push(normalizer);
    else given.set(agent, normalizer);
  }
  return [
    ...agents.map((agent) => ({ agent, normalizer: given.get(agent) ?? null })),
    ...lonely.map((normalizer) => ({ agent: null, normalizer })),
  ];
}
