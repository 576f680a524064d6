// What only the door of a host can do: the system's dialogs, and knowing what it runs in.
import type { About } from '../contract/api/application.ts';
import { SecateurError } from '../contract/secateur-error.ts';

export interface Surroundings {
  readonly door: About['door'];
  readonly versions: { readonly electron: string | null; readonly chromium: string | null };
  /** Null when the person closed the dialog. */
  chooseFolder(request: { readonly title: string; readonly startIn: string | null }): Promise<string | null>;
  reveal(folder: string): Promise<void>;
}

/** Asked of a page in a browser, which has no dialogs of the system. */
export class OnlyInAWindowError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(what: string) {
    super(`${what} is only possible in the desktop window`, 'Type the path of the folder instead.');
  }
}
