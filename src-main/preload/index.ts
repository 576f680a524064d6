// What the page sees of the desktop: one question and one stream of events. Sandboxed, so no Node here.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { ApplicationEvent } from '../contract/api/event.ts';
import type { Answer } from '../contract/api/message.ts';
import { CALL_LINE, EVENT_LINE, type PageBridge } from '../contract/api/page-bridge.ts';

const bridge: PageBridge = {
  call: (channel, payload) => ipcRenderer.invoke(CALL_LINE, channel, payload) as Promise<Answer>,
  onEvents: (listener) => {
    // The event itself stays here: it would hand the page the whole of IPC.
    const relay = (_event: IpcRendererEvent, events: readonly ApplicationEvent[]): void => {
      listener(events);
    };
    ipcRenderer.on(EVENT_LINE, relay);
    return () => {
      ipcRenderer.off(EVENT_LINE, relay);
    };
  },
};

contextBridge.exposeInMainWorld('secateur', bridge);
