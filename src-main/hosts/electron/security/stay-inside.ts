// Electron security checklist, items 12 to 14: no embedded web views, no navigation away, no further windows.
import type { WebContents } from 'electron';

export function stayInside(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.on('will-navigate', (event, url) => {
    if (url !== contents.getURL()) event.preventDefault(); // a reload stays where it is
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
