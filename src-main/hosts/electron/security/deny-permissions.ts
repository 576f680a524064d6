// Electron security checklist, item 5: handle permission requests. The page needs no camera, location or other device.
import type { Session } from 'electron';

export function denyPermissions(session: Session): void {
  session.setPermissionCheckHandler(() => false);
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
}
