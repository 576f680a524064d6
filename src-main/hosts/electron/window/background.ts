// Runs without a window: hidden, with an item in the tray where the system has one, until the runs are done.
import type { BrowserWindow, MenuItemConstructorOptions, Tray } from 'electron';
import type { ApplicationEvent } from '../../../contract/api/event.ts';
import type { RunBoard } from '../../../services/run-board.ts';
import type { Texts } from '../texts/texts.ts';

export interface BackgroundNeeds {
  readonly window: Pick<BrowserWindow, 'hide' | 'show' | 'close' | 'isVisible' | 'isMinimized' | 'restore' | 'focus'>;
  readonly board: Pick<RunBoard, 'size'>;
  /** @param menu of its item */
  readonly newTray: (menu: MenuItemConstructorOptions[]) => Pick<Tray, 'setToolTip' | 'on' | 'destroy'>;
  readonly texts: () => Texts['tray'];
}

export class Background {
  readonly #needs: BackgroundNeeds;
  #tray: ReturnType<BackgroundNeeds['newTray']> | null = null;

  constructor(needs: BackgroundNeeds) {
    this.#needs = needs;
  }

  enter(): void {
    const { window, newTray, texts } = this.#needs;
    window.hide();
    if (this.#tray !== null) return;
    this.#tray = newTray([
      {
        label: texts().show,
        click: () => {
          this.leave();
        },
      },
      {
        label: texts().quit,
        click: () => {
          this.leave();
          window.close();
        },
      },
    ]);
    this.#tray.on('click', () => {
      this.leave();
    });
    this.#describe();
  }

  /** Brings the window to the front, from wherever it was. */
  leave(): void {
    const { window } = this.#needs;
    this.#tray?.destroy();
    this.#tray = null;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Whoever left the window in the background is not there to close it when the work is done. */
  hear(events: readonly ApplicationEvent[]): void {
    if (this.#tray === null || !events.some(({ type }) => type === 'run')) return;
    if (this.#needs.board.size > 0) {
      this.#describe();
      return;
    }
    this.#tray.destroy();
    this.#tray = null;
    this.#needs.window.close();
  }

  #describe(): void {
    this.#tray?.setToolTip(this.#needs.texts().running(this.#needs.board.size));
  }
}
