// Events on their way to the pages: gathered for a moment, so that a busy run costs a few messages a second.
import type { ApplicationEvent } from '../contract/api/event.ts';

/** Two or three frames of a screen: nobody sees the delay. */
const GATHER_MS = 50;

export type EventListener = (events: readonly ApplicationEvent[]) => void;

export class EventStream {
  readonly #listeners = new Set<EventListener>();
  #gathered: ApplicationEvent[] = [];
  #timer: NodeJS.Timeout | null = null;

  readonly tell = (event: ApplicationEvent): void => {
    if (this.#listeners.size === 0) return;
    this.#gathered.push(event);
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, GATHER_MS);
  };

  /** @returns ends the listening */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends what waits. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const events = coalesce(this.#gathered);
    this.#gathered = [];
    if (events.length > 0) for (const listener of this.#listeners) listener(events);
  }
}

/** What of these events follows each other, of one run or analysis, becomes one event; null for what is never joined. */
function joinedBy(event: ApplicationEvent): string | null {
  switch (event.type) {
    case 'progress':
    case 'metrics':
    case 'log':
      return `${event.type} ${event.runId}`;
    case 'analysis':
      return `${event.type} ${event.id}`;
    default:
      return null;
  }
}

/** Of progress only the last counts; metrics and lines of a run that follow each other are joined. */
export function coalesce(events: readonly ApplicationEvent[]): ApplicationEvent[] {
  const joined: ApplicationEvent[] = [];
  const open = new Map<string, number>();
  for (const event of events) {
    const key = joinedBy(event);
    if (key !== null) {
      const index = open.get(key);
      if (index === undefined) open.set(key, joined.push(event) - 1);
      else joined[index] = join(joined[index]!, event);
    } else {
      // What a run said before it changed must not arrive after that.
      open.clear();
      joined.push(event);
    }
  }
  return joined;
}

function join(earlier: ApplicationEvent, later: ApplicationEvent): ApplicationEvent {
  if (earlier.type === 'metrics' && later.type === 'metrics') {
    return { ...later, points: [...earlier.points, ...later.points] };
  }
  if (earlier.type === 'log' && later.type === 'log') return { ...later, lines: [...earlier.lines, ...later.lines] };
  return later;
}
