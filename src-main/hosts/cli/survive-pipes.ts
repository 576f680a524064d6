// What happens when nobody can take the output any more: `secateur list | head -1`, or a full disk.
import { errorCode, toFileError } from '../../store/file-errors.ts';
import { reportProblem } from './report-problem.ts';

/** Ends quietly when the reader of the results has left, and goes on when only the reader of the progress has. */
export function survivePipes(isJson: () => boolean): void {
  process.stdout.on('error', (error) => {
    process.exit(errorCode(error) === 'EPIPE' ? 0 : reportProblem(toFileError(error, 'standard output'), isJson()));
  });
  process.stderr.on('error', () => undefined);
}
