import { call } from '../bridge/bridge.ts';

/** The system's dialog, which only a window has; null when the person closed it. */
export const chooseFolder = (title: string): Promise<string | null> =>
  call('system.choose-folder', { title, startIn: null });
