// Which part of the settings is meant by whoever opens them.

export type SettingsPart = 'shortcuts' | 'about';

class SettingsSection {
  #part = $state<SettingsPart | null>(null);

  /** To be brought into view. */
  get part(): SettingsPart | null {
    return this.#part;
  }

  ask(part: SettingsPart): void {
    this.#part = part;
  }

  shown(): void {
    this.#part = null;
  }
}

export const settingsSection = new SettingsSection();
