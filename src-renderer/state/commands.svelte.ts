// Everything that can be done from the keyboard, the palette and the menus, by name.
import { untrack } from 'svelte';
import { onEvent } from '../bridge/bridge.ts';

export interface Command {
  readonly id: string;
  /** As the palette shows it. */
  readonly title: string;
  /** "Mod+Shift+P"; Mod is Ctrl, and ⌘ on a Mac. */
  readonly shortcut: string | null;
  readonly run: () => void;
}

const isMac = navigator.platform.startsWith('Mac');

/** "Ctrl+Shift+P", or "⇧⌘P" on a Mac. */
export function shortcutLabel(shortcut: string): string {
  if (!isMac) return shortcut.replace('Mod', 'Ctrl');
  return shortcut.replace('Mod+', '⌘').replace('Shift+', '⇧').replace('Alt+', '⌥');
}

function matches(shortcut: string, event: KeyboardEvent): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1)!.toLowerCase();
  const mod = isMac ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === key &&
    mod === parts.includes('Mod') &&
    event.shiftKey === parts.includes('Shift') &&
    event.altKey === parts.includes('Alt')
  );
}

class Commands {
  #groups = $state.raw<readonly (readonly Command[])[]>([]);
  #everywhere: () => readonly Command[] = () => [];

  /** What is possible now, the most particular last. */
  get all(): readonly Command[] {
    return [...this.#everywhere(), ...this.#groups.flat()];
  }

  /** Called once: the menus of a window say their commands. */
  followMenus(): void {
    onEvent((event) => {
      if (event.type === 'command') this.run(event.command);
    });
  }

  /** What is possible wherever the person is; read each time, so that it follows what it is made from. */
  begin(everywhere: () => readonly Command[]): void {
    this.#everywhere = everywhere;
  }

  /** Offers commands for as long as a part of the page is there; made for an effect. @returns takes them back */
  offer(commands: readonly Command[]): () => void {
    // An effect that offers must not run again because something was offered.
    untrack(() => (this.#groups = [...this.#groups, commands]));
    return () => {
      untrack(() => (this.#groups = this.#groups.filter((group) => group !== commands)));
    };
  }

  run(id: string): void {
    this.all.findLast((command) => command.id === id)?.run();
  }

  /** @returns whether the key meant something */
  handle(event: KeyboardEvent): boolean {
    const command = this.all.findLast(({ shortcut }) => shortcut !== null && matches(shortcut, event));
    if (command === undefined) return false;
    event.preventDefault();
    command.run();
    return true;
  }
}

export const commands = new Commands();
