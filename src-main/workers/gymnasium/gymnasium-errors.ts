// What can go wrong with a Python and its environments: one class per cause.
import { SecateurError } from '../../contract/secateur-error.ts';

const WHICH_PYTHON =
  'Name another with --python, the variable SECATEUR_PYTHON or the settings; `secateur doctor` shows what each has.';

/** The last line that says something, without the rest of a stack. */
const lastLine = (text: string): string =>
  text
    .trim()
    .replace(/^[^]*\n/, '')
    .trim();

/** Nothing of that name can be started. */
export class PythonNotFoundError extends SecateurError {
  readonly kind = 'environment';

  constructor(python: string, cause: Error) {
    super(
      `environments of Gymnasium need Python, and "${python}" cannot be started: ${cause.message}`,
      `Install Python 3.8 or newer with gymnasium. ${WHICH_PYTHON}`,
      { cause },
    );
  }
}

/** Something of that name starts, and is no Python that works. */
export class PythonUnusableError extends SecateurError {
  readonly kind = 'environment';

  constructor(python: string, output: string) {
    super(`"${python}" does not work as Python: ${lastLine(output)}`, WHICH_PYTHON);
  }
}

export class PythonUnsupportedHereError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(platform: string) {
    super(
      `environments of Gymnasium cannot be reached on ${platform}`,
      'Use Linux or macOS (on Windows, the Linux subsystem), or one of the environments that are built in.',
    );
  }
}

/** The process ended although an answer was due: killed, out of memory, a fault in native code. */
export class PythonCrashedError extends SecateurError {
  readonly kind = 'failed';

  constructor(doing: string, lastWords: string) {
    const essence =
      lastWords.split('\n').find((line) => /^(Fatal Python error|\w*Error\b)/.test(line)) ?? lastLine(lastWords);
    super(
      `Python ended while ${doing}${essence === '' ? ' and said nothing' : `: ${essence}`}`,
      essence === ''
        ? 'It may have been killed for want of memory: use fewer environments.'
        : `It printed:\n${lastWords}`,
    );
  }
}

/** No answer in time: the process was ended. */
export class PythonHungError extends SecateurError {
  readonly kind = 'failed';

  constructor(doing: string, seconds: number) {
    super(
      `Python did not answer for ${seconds} s while ${doing}, and was ended`,
      'If the environment really takes that long, give it more seconds in SECATEUR_GYMNASIUM_TIMEOUT.',
    );
  }
}

/** An answer that is none. */
export class PythonProtocolError extends SecateurError {
  readonly kind = 'internal';

  constructor(doing: string, detail: string) {
    super(
      `Python answered with something else while ${doing}: ${detail}`,
      'This is a bug in Secateur; please report it.',
    );
  }
}

export class GymnasiumMissingError extends SecateurError {
  readonly kind = 'environment';

  constructor(python: string, message: string) {
    super(
      `"${python}" has no gymnasium: ${message}`,
      `Install it: ${python} -m pip install gymnasium (for Atari games also: ale-py opencv-python). ${WHICH_PYTHON}`,
    );
  }
}

/** gymnasium does not know the name, or needs a package for it. */
export class UnknownGymnasiumEnvironmentError extends SecateurError {
  readonly kind = 'not-found';

  constructor(id: string, python: string, message: string) {
    const atari = /^gym:(ALE\/|.*(NoFrameskip|Deterministic)-v)/.test(id);
    super(
      `gymnasium of "${python}" has no environment "${id.slice('gym:'.length)}": ${message}`,
      atari
        ? `Install the games: ${python} -m pip install ale-py opencv-python`
        : '`secateur doctor` lists what is there. A package that registers its own is named before a colon: gym:package:Name-v0.',
    );
  }
}

/** gymnasium knows it and cannot make it: a missing package, wrong arguments. */
export class EnvironmentNotMadeError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(id: string, python: string, message: string) {
    super(
      `${id} could not be made: ${message}`,
      `Check the options after "?", and install what is missing with ${python} -m pip install …`,
    );
  }
}

/** An observation or action space that no network here is made for. */
export class UnsupportedSpaceError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(id: string, which: 'observation' | 'action', space: string) {
    super(
      `the ${which} space of ${id} is ${space}`,
      which === 'observation'
        ? 'Supported are Box spaces of one or three dimensions, of floats or bytes; wrap the environment in Python, for example in FlattenObservation.'
        : 'Supported are Discrete spaces and bounded Box spaces of one dimension, of floats.',
    );
  }
}

/** An exception of the environment. */
export class EnvironmentRaisedError extends SecateurError {
  readonly kind = 'failed';

  constructor(id: string, where: string, message: string, traceback: string) {
    super(
      `${id} raised an exception in ${where}(): ${message}`,
      `The environment is at fault, or was given an action that it does not take.\n${traceback}`.trim(),
    );
  }
}

/** What `step` or `reset` returned is not what the interface of Gymnasium says. */
export class EnvironmentAnswerError extends SecateurError {
  readonly kind = 'failed';

  constructor(id: string, where: string, problem: string) {
    super(
      `${id} breaks the interface of Gymnasium in ${where}(): ${problem}`,
      'Mend the environment; gymnasium.utils.env_checker.check_env names what else is wrong.',
    );
  }
}

export class NonFiniteObservationError extends SecateurError {
  readonly kind = 'failed';

  constructor(id: string, where: string, what: string, value: string) {
    super(
      `${where}() of ${id} returned ${what} of ${value}`,
      'An agent cannot learn or act from that. Mend the environment, or bound what it observes.',
    );
  }
}

/** An episode played again went otherwise. */
export class EnvironmentNotReproducibleError extends SecateurError {
  readonly kind = 'failed';

  constructor(id: string, message: string) {
    super(
      `an episode of ${id}, played again with the same seed and actions, went otherwise: ${message}`,
      'A run goes on only in environments that a seed determines. Train from the beginning, or mend the environment.',
    );
  }
}

export class EnvironmentNotDrawnError extends SecateurError {
  readonly kind = 'failed';

  constructor(id: string, message: string) {
    super(
      `${id} cannot be watched: ${message}`,
      'It has to support render_mode="rgb_array"; what that needs, pip installs: gymnasium[classic-control], gymnasium[mujoco] or the like.',
    );
  }
}
