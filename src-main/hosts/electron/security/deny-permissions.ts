// Rule: the page gets no camera, location, device or notification. The one thing it may is what a click on "copy" needs.
import type { Session } from 'electron';
import { isOfPage } from './page-address.ts';

/** Writing plain content to the clipboard; reading it stays denied. */
const ALLOWED = 'clipboard-sanitized-write';

export function denyPermissions(session: Session, page: URL): void {
  const allows = (permission: string, address: string): boolean => permission === ALLOWED && isOfPage(address, page);
  session.setPermissionCheckHandler((_contents, permission, origin) => allows(permission, origin));
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(allows(permission, details.requestingUrl));
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
}
