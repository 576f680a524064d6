// The host at the other end: whether it answers, what it is, what it offers, and what the person has set in it.
import type { About } from '../../src-main/contract/api/application.ts';
import type { Catalogue, DescribedEnvironment } from '../../src-main/contract/catalogue.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsChanges } from '../../src-main/contract/settings.ts';
import { call, onEvent, onStatus } from '../bridge/bridge.ts';
import type { CarrierStatus } from '../bridge/carrier.ts';

class Host {
  #status = $state<CarrierStatus>('connecting');
  #about = $state.raw<About | null>(null);
  #catalogue = $state.raw<Catalogue | null>(null);
  #settings = $state.raw<Settings>(DEFAULT_SETTINGS);
  /** Grows each time the connection comes back: what was loaded before may have changed since. */
  #connections = $state(0);

  /** Called once, after `connect`. */
  begin(): void {
    onStatus((status) => {
      this.#status = status;
      if (status === 'connected') void this.#load();
    });
    onEvent((event) => {
      if (event.type === 'settings') this.#settings = event.settings;
    });
  }

  get status(): CarrierStatus {
    return this.#status;
  }

  get connections(): number {
    return this.#connections;
  }

  /** Null until the host has answered for the first time. */
  get about(): About | null {
    return this.#about;
  }

  get catalogue(): Catalogue | null {
    return this.#catalogue;
  }

  get settings(): Settings {
    return this.#settings;
  }

  async set(changes: SettingsChanges): Promise<void> {
    this.#settings = await call('settings.write', changes);
  }

  /** One that the host was asked about is offered like those that are built in, until the connection is made anew. */
  addEnvironment({ environment, templates }: DescribedEnvironment): void {
    const catalogue = this.#catalogue;
    if (catalogue === null || catalogue.environments.some(({ id }) => id === environment.id)) return;
    this.#catalogue = {
      ...catalogue,
      environments: [...catalogue.environments, environment],
      templates: [...catalogue.templates, ...templates],
    };
  }

  async #load(): Promise<void> {
    const [about, settings] = await Promise.all([call('application.about', null), call('settings.read', null)]);
    this.#about = about;
    this.#settings = settings;
    this.#connections++;
    // It takes a worker to answer; nothing on the first screen waits for it.
    this.#catalogue = await call('application.catalogue', null);
  }
}

export const host = new Host();
