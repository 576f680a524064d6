// The desktop door: one window with the renderer in it. Runs as the main process of Electron.
import { app } from 'electron';
import { denyPermissions } from './security/deny-permissions.ts';
import { stayInside } from './security/stay-inside.ts';
import { openWindow } from './open-window.ts';

app.on('web-contents-created', (_event, contents) => {
  stayInside(contents);
  denyPermissions(contents.session);
});
app.on('window-all-closed', () => {
  app.quit();
});

void app.whenReady().then(openWindow);
