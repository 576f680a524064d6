// Shapley values of a 64-64 network: how long they take, and whether their intervals tell the best quarter of a layer's
// neurons from the worst.
import { setImmediate } from 'node:timers/promises';
import { saliencyOf } from '../../../src-main/engine/pruning/saliency.ts';
import { loadBackend } from '../../../src-main/workers/backends.ts';
import { AGENTS, readAgent } from './agents.ts';

const OF_64 = AGENTS.filter(({ id }) => id === 'a2c-Acrobot-v1' || id === 'ppo-LunarLander-v2');
const SEED = 0;

/** Lowest lower end of the best quarter and highest upper end of the worst, of 95 % intervals. */
function quarters(values: ArrayLike<number>, halfWidths: ArrayLike<number>): { best: number; worst: number } {
  const ranked = Array.from(values, (value, i) => ({ value, half: halfWidths[i]! })).sort((a, b) => b.value - a.value);
  const quarter = Math.floor(ranked.length / 4);
  return {
    best: Math.min(...ranked.slice(0, quarter).map(({ value, half }) => value - half)),
    worst: Math.max(...ranked.slice(-quarter).map(({ value, half }) => value + half)),
  };
}

export async function shapleyTable(): Promise<string[]> {
  const backend = await loadBackend('auto');
  const lines: string[] = [];
  for (const agent of OF_64) {
    const started = performance.now();
    const { layers } = await saliencyOf({
      model: readAgent(agent),
      environment: agent.environment,
      criterion: 'shapley',
      granularity: 'neuron',
      seed: SEED,
      backend,
      context: {
        progress: () => undefined,
        metrics: () => undefined,
        offerPolicy: () => undefined,
        log: () => undefined,
        now: () => performance.now(),
        breathe: () => setImmediate(false),
      },
    });
    const seconds = (performance.now() - started) / 1000;
    for (const { layer, scores, estimate } of layers) {
      const { best, worst } = quarters(scores, estimate!.halfWidths);
      const apart = best > worst ? 'yes' : 'no';
      lines.push(
        `| ${[agent.id, layer, `≥ ${best.toFixed(4)}`, `≤ ${worst.toFixed(4)}`, apart, seconds.toFixed(0)].join(' | ')} |`,
      );
    }
  }
  return [
    '| agent | layer | best quarter of the Shapley values | worst quarter | apart | seconds of the agent |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ];
}
