import type { Texts } from './texts.ts';

const runsIn = (count: number): string => (count === 1 ? 'A run is' : `${count} runs are`);

export const english: Texts = {
  menu: {
    file: '&File',
    openFile: 'Import…',
    export: 'Export…',
    quit: 'Quit Secateur',
    edit: '&Edit',
    view: '&View',
    palette: 'Command Palette…',
    settings: 'Settings…',
    window: '&Window',
    help: '&Help',
    shortcuts: 'Keyboard Shortcuts',
    about: 'About Secateur',
  },
  closing: {
    message: (runs) => `${runsIn(runs)} still going on.`,
    detail: 'In the background Secateur ends by itself once they are done. What is cancelled leaves nothing behind.',
    background: 'Keep Running in the Background',
    stop: 'Stop and Keep What There Is',
    cancel: 'Cancel Them',
    stay: 'Don’t Close',
  },
  tray: {
    running: (runs) => `Secateur: ${runs === 1 ? '1 run' : `${runs} runs`}`,
    show: 'Open Secateur',
    quit: 'Quit…',
  },
  crash: {
    message: 'The page of the window keeps failing.',
    detail: (reason) => `Runs go on meanwhile, and nothing is lost. Its process ended again: ${reason}.`,
    reload: 'Load It Again',
    quit: 'Quit',
  },
};
