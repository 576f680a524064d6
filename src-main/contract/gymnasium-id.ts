// Names of environments that a Python installation has: "gym:ALE/Pong-v5?atari&stack=4".
import { z } from 'zod';
import { SecateurError } from './secateur-error.ts';

export const GYMNASIUM_PREFIX = 'gym:';

/** A name that begins as those of Gymnasium do, and goes on as none does. */
export class GymnasiumIdError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(id: string, problem: string) {
    super(
      `"${id}" names no environment of Gymnasium: ${problem}`,
      'Write gym:ID or gym:ID?name=value&…, such as gym:HalfCheetah-v5, gym:ALE/Pong-v5?atari or gym:LunarLander-v3?gravity=-5.',
    );
  }
}

/** Frames as Mnih et al. 2015 have them: grey, 84×84, the maximum of the last two; up to 30 idle frames first. */
const atariSchema = z.strictObject({
  /** Frames that an action is repeated for. */
  frameSkip: z.int().min(1).max(60),
  /** Frames that are seen at once. */
  stack: z.int().min(1).max(16),
  /** Whether FIRE is pressed after every reset: some games wait for it, and a policy may wait as well. */
  fire: z.boolean(),
});

export const gymnasiumIdSchema = z.strictObject({
  /** As `gymnasium.make` takes it. */
  id: z.string().min(1),
  /** Further arguments of `gymnasium.make`. */
  arguments: z.record(z.string(), z.json()).readonly(),
  /** Null: frames as the environment has them. */
  atari: atariSchema.nullable(),
  /** Replaces the limit of the environment. */
  maxSteps: z.int().min(1).nullable(),
});
export type GymnasiumId = z.infer<typeof gymnasiumIdSchema>;

export const isGymnasiumId = (id: string): boolean => id.startsWith(GYMNASIUM_PREFIX);

/** The environment itself: "ALE/Pong-v5" of "gym:ALE/Pong-v5?atari". */
export const gymnasiumName = (id: string): string => id.slice(GYMNASIUM_PREFIX.length).split('?')[0]!;

/** Numbers, booleans and the like as JSON, anything else as the text that it is. */
function valueOf(text: string): z.infer<ReturnType<typeof z.json>> {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return text;
  }
}

function decoded(id: string, name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new GymnasiumIdError(id, `"${name}" is not written as in an address: "%" is %25, "&" is %26`);
  }
}

/**
 * @param id that `isGymnasiumId`
 * @throws GymnasiumIdError
 */
export function parseGymnasiumId(id: string): GymnasiumId {
  const options = new Map<string, string>();
  const question = id.indexOf('?');
  for (const part of question < 0 ? [] : id.slice(question + 1).split('&')) {
    const [name = '', ...rest] = part.split('=');
    if (name === '') throw new GymnasiumIdError(id, 'an option has no name');
    if (options.has(name)) throw new GymnasiumIdError(id, `"${name}" is there twice`);
    options.set(name, decoded(id, name, rest.join('=')));
  }
  const take = (name: string): string | undefined => {
    const value = options.get(name);
    options.delete(name);
    return value;
  };
  const takeFlag = (name: string): boolean => {
    const value = take(name);
    if (value !== undefined && value !== '') throw new GymnasiumIdError(id, `"${name}" takes no value`);
    return value !== undefined;
  };
  const takeCount = (name: string): number | undefined => {
    const value = take(name);
    return value === undefined ? undefined : Number(value === '' ? NaN : value);
  };

  const atari = takeFlag('atari');
  const [frameSkip, stack, fire] = [takeCount('frame-skip'), takeCount('stack'), takeFlag('fire')];
  const maxSteps = takeCount('max-steps') ?? null;
  if (!atari && (frameSkip !== undefined || stack !== undefined || fire)) {
    throw new GymnasiumIdError(id, 'frame-skip, stack and fire are parts of the option "atari", which is missing');
  }
  const parsed = gymnasiumIdSchema.safeParse({
    id: gymnasiumName(id),
    arguments: Object.fromEntries([...options].map(([name, value]) => [name, valueOf(value)])),
    atari: atari ? { frameSkip: frameSkip ?? 4, stack: stack ?? 4, fire } : null,
    maxSteps,
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new GymnasiumIdError(id, `${path.join('.')}: ${message}`);
}
