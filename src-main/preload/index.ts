// What the page sees of the desktop: no channel yet. Sandboxed, so no Node here, `contextBridge` only.
import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('secateur', {});
