// Rule: nothing is embedded. The policy of the page forbids frames; this holds if it should ever fail.
import type { WebContents } from 'electron';

export function denyFrames(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  // Electron before 25 does not tell; there the policy alone holds.
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame) details.preventDefault();
  });
}
