// Inside a window: the functions that the preload exposes.
import type { PageBridge } from '../../src-main/contract/api/page-bridge.ts';
import type { Carrier, CarrierListener } from './carrier.ts';

/** What the preload put there; undefined in a browser. */
export function pageBridge(): PageBridge | undefined {
  return (globalThis as { secateur?: PageBridge }).secateur;
}

export function windowCarrier(bridge: PageBridge, listener: CarrierListener): Carrier {
  bridge.onEvents(listener.onEvents);
  listener.onStatus('connected');
  return { call: (channel, payload) => bridge.call(channel, payload) };
}
