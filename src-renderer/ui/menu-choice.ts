// When the chosen item of a menu is run: at once, or, where it moves the focus, after the menu has let go of it.
import type { MenuItem } from './menu-item.ts';

export class MenuChoice {
  #waiting: MenuItem | null = null;

  readonly select = (item: MenuItem): void => {
    if (item.takesFocus === true) this.#waiting = item;
    else item.run();
  };

  /** Told by the menu, which is about to give the focus back. */
  readonly closed = (event: Event): void => {
    if (this.#waiting === null) return;
    event.preventDefault();
    this.#waiting.run();
    this.#waiting = null;
  };
}
