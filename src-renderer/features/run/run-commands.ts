// What the palette offers while a run is looked at.
import { notices } from '../../state/notices.svelte.ts';
import { runs } from '../../state/runs.svelte.ts';
import type { Command } from '../../state/commands.svelte.ts';
import type { RunFeed } from '../../state/run-feed.svelte.ts';
import type { Messages } from '../../text/messages.ts';

/** Read inside of an effect: what is possible changes with the run. */
export function commandsFor(feed: RunFeed, t: Messages['run']): Command[] {
  const { id, activity } = feed;
  const command = (name: 'pause' | 'continue' | 'stop' | 'cancel'): Command => ({
    id: `run.${name}`,
    title: t.commands[name],
    shortcut: null,
    run: () =>
      void notices.guard(async () => {
        await runs[name](id);
      }),
  });
  switch (activity) {
    case 'waiting':
    case 'stopping':
      return [command('cancel')];
    case 'going':
      return [command('pause'), command('stop'), command('cancel')];
    case 'pausing':
    case 'paused':
      return [command('continue'), command('stop'), command('cancel')];
    default:
      return [];
  }
}
