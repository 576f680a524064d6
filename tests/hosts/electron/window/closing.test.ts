// Closing the window while runs go on, and what happens without it.
import { EventEmitter } from 'node:events';
import type { BrowserWindow, MenuItemConstructorOptions, MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { ApplicationEvent } from '../../../../src-main/contract/api/event.ts';
import { english } from '../../../../src-main/hosts/electron/texts/english.ts';
import { Background } from '../../../../src-main/hosts/electron/window/background.ts';
import {
  askAboutRuns,
  askBeforeClosing,
  type ClosingChoice,
} from '../../../../src-main/hosts/electron/window/closing.ts';

/** A window that closes when nobody prevents it. */
class StandInWindow extends EventEmitter {
  closed = false;
  visible = true;

  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    this.closed = !(prevented as boolean);
  }
  hide(): void {
    this.visible = false;
  }
  show(): void {
    this.visible = true;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    this.visible = true;
  }
  focus(): void {
    this.visible = true;
  }
}

function closing(choice: ClosingChoice) {
  const window = new StandInWindow();
  const done: string[] = [];
  const board = {
    size: 2,
    stopAll: () => {
      done.push('stop');
      board.size = 0;
      return Promise.resolve();
    },
    cancelAll: () => {
      done.push('cancel');
      board.size = 0;
      return Promise.resolve();
    },
  };
  let asked = 0;
  askBeforeClosing(window as unknown as BrowserWindow, {
    board,
    ask: (runs) => {
      expect(runs).toBe(2);
      asked++;
      return Promise.resolve(choice);
    },
    goToBackground: () => done.push('background'),
  });
  return { window, board, done, asked: () => asked };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('closing the window', () => {
  it('with no run asks nothing', () => {
    const { window, board, asked } = closing('stay');
    board.size = 0;
    window.close();
    expect(window.closed).toBe(true);
    expect(asked()).toBe(0);
  });

  it.each([
    { choice: 'stay', done: [], closed: false },
    { choice: 'background', done: ['background'], closed: false },
    { choice: 'stop', done: ['stop'], closed: true },
    { choice: 'cancel', done: ['cancel'], closed: true },
  ] as const)('with runs asks; $choice', async ({ choice, done: expected, closed }) => {
    const { window, done, asked } = closing(choice);
    window.close();
    window.close();
    await settled();
    expect(asked()).toBe(1);
    expect(done).toEqual(expected);
    expect(window.closed).toBe(closed);
  });

  it('asks again the next time', async () => {
    const { window, asked } = closing('stay');
    window.close();
    await settled();
    window.close();
    await settled();
    expect(asked()).toBe(2);
  });

  it('closes when the runs ended while the question was open', async () => {
    const { window, board, done } = closing('background');
    window.close();
    board.size = 0;
    await settled();
    expect(done).toEqual([]);
    expect(window.closed).toBe(true);
  });
});

it('the question has an answer for each choice, and Escape stays', async () => {
  const shown: MessageBoxOptions[] = [];
  const dialog = {
    showMessageBox: (_window: unknown, options?: MessageBoxOptions) => {
      shown.push(options!);
      return Promise.resolve({ response: 1, checkboxChecked: false });
    },
  };
  const window = Object.create(null) as BrowserWindow;
  expect(await askAboutRuns(dialog, window, english.closing, 1)).toBe('stop');
  const options = shown[0]!;
  expect(options.buttons).toHaveLength(4);
  expect(options.buttons![options.cancelId!]).toBe(english.closing.stay);
});

describe('in the background', () => {
  function background(runs: number) {
    const window = new StandInWindow();
    const board = { size: runs };
    const trays: { menu: MenuItemConstructorOptions[]; tip: string; gone: boolean; click: () => void }[] = [];
    const hidden = new Background({
      window: window as unknown as BrowserWindow,
      board,
      newTray: (menu) => {
        const tray = { menu, tip: '', gone: false, click: (): void => undefined };
        trays.push(tray);
        const standIn = {
          setToolTip: (tip: string) => (tray.tip = tip),
          on: (_event: string, click: () => void) => (tray.click = click),
          destroy: () => (tray.gone = true),
        };
        return standIn as never;
      },
      texts: () => english.tray,
    });
    return { window, board, trays, hidden };
  }
  const runChanged = [{ type: 'run' }] as unknown as readonly ApplicationEvent[];

  it('there is one item in the tray, which says how many runs there are', () => {
    const { window, board, trays, hidden } = background(2);
    hidden.enter();
    hidden.enter();
    expect(window.visible).toBe(false);
    expect(trays.map(({ tip }) => tip)).toEqual(['Secateur: 2 runs']);
    board.size = 1;
    hidden.hear(runChanged);
    expect(trays[0]!.tip).toBe('Secateur: 1 run');
    expect(window.closed).toBe(false);
  });

  it.each([0, 'click'])('the item brings the window back (%s)', (way) => {
    const { window, trays, hidden } = background(1);
    hidden.enter();
    if (way === 'click') trays[0]!.click();
    else (trays[0]!.menu[0]!.click as () => void)();
    expect(window.visible).toBe(true);
    expect(trays[0]!.gone).toBe(true);
  });

  it('the end of the last run closes the window', () => {
    const { window, board, trays, hidden } = background(1);
    hidden.enter();
    board.size = 0;
    hidden.hear([]);
    expect(window.closed).toBe(false);
    hidden.hear(runChanged);
    expect(window.closed).toBe(true);
    expect(trays[0]!.gone).toBe(true);
  });

  it('nothing closes a window that is shown', () => {
    const { window, board, hidden } = background(1);
    board.size = 0;
    hidden.hear(runChanged);
    hidden.enter();
    hidden.leave();
    hidden.hear(runChanged);
    expect(window.closed).toBe(false);
  });
});
