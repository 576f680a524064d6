// All rules for what a window shows, together; each is a file of this folder.
import type { Shell, WebContents } from 'electron';
import { denyFrames } from './deny-frames.ts';
import { denyNavigation } from './deny-navigation.ts';
import { denyPermissions } from './deny-permissions.ts';
import { denyWindows } from './deny-windows.ts';
import { openOutside } from './open-outside.ts';
import { stayOffline } from './stay-offline.ts';

/** @param page the one address that is shown */
export function guardPage(contents: WebContents, page: URL, shell: Pick<Shell, 'openExternal'>): void {
  const outside = (address: string): void => {
    openOutside(shell, address);
  };
  denyNavigation(contents, page, outside);
  denyWindows(contents, outside);
  denyFrames(contents);
  denyPermissions(contents.session, page);
  stayOffline(contents.session, page);
}
