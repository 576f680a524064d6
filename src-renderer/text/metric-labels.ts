import type { Messages } from './messages.ts';

/** As people call a metric; its own name where nobody has foreseen it. */
export function labelOf(name: string, { metric }: Messages['run']): string {
  return Object.hasOwn(metric, name) ? metric[name as keyof typeof metric] : name;
}
