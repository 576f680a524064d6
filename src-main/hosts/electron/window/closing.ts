// Closing the window while runs go on: the person says what becomes of them.
import type { BrowserWindow, Dialog } from 'electron';
import type { RunBoard } from '../../../services/run-board.ts';
import type { Texts } from '../texts/texts.ts';

export const CLOSING_CHOICES = ['background', 'stop', 'cancel', 'stay'] as const;
export type ClosingChoice = (typeof CLOSING_CHOICES)[number];

/** The system's dialog; Escape stays. */
export async function askAboutRuns(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: BrowserWindow,
  texts: Texts['closing'],
  runs: number,
): Promise<ClosingChoice> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.message(runs),
    detail: texts.detail,
    buttons: CLOSING_CHOICES.map((choice) => texts[choice]),
    defaultId: CLOSING_CHOICES.indexOf('background'),
    cancelId: CLOSING_CHOICES.indexOf('stay'),
    noLink: true,
  });
  return CLOSING_CHOICES[response] ?? 'stay';
}

export interface Closing {
  readonly board: Pick<RunBoard, 'size' | 'stopAll' | 'cancelAll'>;
  readonly ask: (runs: number) => Promise<ClosingChoice>;
  /** Hides the window and lets the runs go on. */
  readonly goToBackground: () => void;
}

export function askBeforeClosing(
  window: Pick<BrowserWindow, 'on' | 'close'>,
  { board, ask, goToBackground }: Closing,
): void {
  let asking = false;
  const settle = async (): Promise<void> => {
    asking = true;
    const choice = await ask(board.size).finally(() => {
      asking = false;
    });
    if (choice === 'stay') return;
    if (choice === 'background' && board.size > 0) {
      goToBackground();
      return;
    }
    // The window stays meanwhile and shows how they end; closing it again asks again.
    if (choice === 'stop') await board.stopAll();
    if (choice === 'cancel') await board.cancelAll();
    window.close();
  };
  window.on('close', (event) => {
    if (board.size === 0) return;
    event.preventDefault();
    if (!asking) void settle();
  });
}
