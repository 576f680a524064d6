// The application's window. Its page gets no Node and reaches this process through the preload bridge only.
import { fileURLToPath } from 'node:url';
import { BrowserWindow } from 'electron';

/** Addresses relative to the built file, out/main/main.cjs. */
const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url));
const page = fileURLToPath(new URL('../renderer/index.html', import.meta.url));

/** Opens the window and shows it once the page has something to show. */
export async function openWindow(): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { preload, contextIsolation: true, nodeIntegration: false, sandbox: true, webSecurity: true },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  const developmentServer = process.env.ELECTRON_RENDERER_URL; // set by `electron-vite dev`
  await (developmentServer === undefined ? window.loadFile(page) : window.loadURL(developmentServer));
  return window;
}
