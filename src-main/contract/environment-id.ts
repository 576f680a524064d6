// Names of environments with options behind them, as in an address: "CartPole-v1?stack=4&sticky=0.25&max-steps=200".
import { z } from 'zod';
import { SecateurError } from './secateur-error.ts';

/** Options that an environment does not have, or values that they cannot take. */
export class EnvironmentOptionError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(id: string, problem: string) {
    super(
      `the options of "${id}" cannot be used: ${problem}`,
      'Known: max-steps=200, stack=4 (the last observations at once), sticky=0.25 (how often the action before is repeated); put "&" between them.',
    );
  }
}

export const environmentOptionsSchema = z.strictObject({
  /** Steps after which an episode is truncated; replaces the limit of the environment. */
  'max-steps': z.coerce.number().int().min(1).max(1_000_000).optional(),
  /** Observations that are seen at once, the oldest first. */
  stack: z.coerce.number().int().min(2).max(64).optional(),
  /** Probability that the action before is repeated instead of the one that was chosen (Machado et al. 2018). */
  sticky: z.coerce.number().gt(0).lt(1).optional(),
});
export type EnvironmentOptions = z.infer<typeof environmentOptionsSchema>;

/** "CartPole-v1" of "CartPole-v1?stack=4". */
export const environmentName = (id: string): string => id.split('?', 1)[0]!;

/**
 * What stands behind the "?"; nothing where there is none.
 * @throws EnvironmentOptionError
 */
export function environmentOptions(id: string): EnvironmentOptions {
  const name = environmentName(id);
  if (name === id) return {};
  const options = new Map<string, string>();
  for (const part of id.slice(name.length + 1).split('&')) {
    const [option = '', value] = part.split('=', 2);
    if (option === '') throw new EnvironmentOptionError(id, 'an option has no name');
    if (options.has(option)) throw new EnvironmentOptionError(id, `"${option}" is there twice`);
    if (value === undefined || value.trim() === '') throw new EnvironmentOptionError(id, `"${option}" has no value`);
    options.set(option, value);
  }
  const parsed = environmentOptionsSchema.safeParse(Object.fromEntries(options));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new EnvironmentOptionError(id, path.length === 0 ? message : `${path.join('.')}: ${message}`);
}

/** "CartPole-v1?stack=4" of its parts; the name alone where no option is set. */
export function environmentIdOf(name: string, options: EnvironmentOptions): string {
  const set = Object.entries(options).filter(([, value]) => value !== undefined);
  if (set.length === 0) return name;
  return `${name}?${set.map(([option, value]) => `${option}=${String(value)}`).join('&')}`;
}
