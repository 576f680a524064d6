import type { CommanderError } from 'commander';
import { SecateurError } from '../../contract/secateur-error.ts';

/** A command line that does not parse: an unknown command or option, a missing argument, a value of the wrong kind. */
export class UsageError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(cause: CommanderError) {
    const message = cause.message.replace(/^error: /, '').replaceAll('\n', ' ');
    super(
      message.replace(/\.$/, ''),
      '`secateur --help` lists the commands, `secateur prune --help` the options of one.',
    );
  }
}
