// What every unit of a network contributes to the policy, layer by layer, with how sure that is.
import type { PolicyModel } from '../../networks/model.ts';
import { biasName } from '../../networks/shapes.ts';
import type { Random } from '../../random/random.ts';
import type { RunContext } from '../../run-context.ts';
import { unitGroups } from '../units.ts';
import { enumerateShapley } from './enumerate-shapley.ts';
import type { LayerGame } from './game.ts';
import { actingChain } from './gated-network.ts';
import { sampleShapley } from './sample-shapley.ts';
import type { ShapleyValues } from './shapley-values.ts';

/** Multiply-accumulates per layer: some seconds of one core. */
const BUDGET = 1e11;
/** Up to here all 2^n coalitions are played, if the budget allows. */
const MOST_ENUMERATED = 10;

/**
 * The Shapley values of the units of every layer. A unit that is pruned already, or that nothing hangs on, has the value
 * zero by itself; so have all units outside of the acting chain, such as a critic's.
 * @param idle units that are known to put out nothing whoever else is there; they need not be played
 * @param keepShare of each layer's units, when it is known how many are to stay
 */
export async function shapleyOfUnits(input: {
  readonly model: PolicyModel;
  readonly game: (layer: string, players: readonly number[]) => LayerGame;
  readonly idle: (layer: string, unit: number) => boolean;
  readonly keepShare: number | null;
  readonly random: Random;
  readonly context: RunContext;
  readonly budget?: number;
}): Promise<Record<string, ShapleyValues>> {
  const { model, game, idle, keepShare, random, context, budget = BUDGET } = input;
  const chain = new Set(actingChain(model.description).map(({ layer }) => layer.name));
  const all: Record<string, ShapleyValues> = {};
  for (const { layer, units } of unitGroups(model.description.network)) {
    const mask = model.masks[biasName(layer)];
    const present = Array.from({ length: units }, (_, unit) => unit).filter((unit) => mask?.[unit] !== 0);
    const players = chain.has(layer) ? present.filter((unit) => !idle(layer, unit)) : [];
    const played = await play(layer, players, keepShare === null ? null : Math.round(keepShare * present.length));
    const spread = (values: Float32Array): Float32Array => {
      const byUnit = new Float32Array(units);
      players.forEach((unit, player) => (byUnit[unit] = values[player]!));
      return byUnit;
    };
    all[layer] = { values: spread(played.values), halfWidths: spread(played.halfWidths), total: played.total };
  }
  return all;

  async function play(layer: string, players: readonly number[], keep: number | null): Promise<ShapleyValues> {
    if (players.length === 0) return { values: new Float32Array(), halfWidths: new Float32Array(), total: 0 };
    const played = game(layer, players);
    try {
      const enumerated = 2 ** players.length * played.situations * played.cost;
      if (players.length <= MOST_ENUMERATED && enumerated <= budget) return enumerateShapley(played);
      const breathe = (spent: number): Promise<boolean> => {
        const percent = Math.min(100, Math.floor((100 * spent) / budget));
        context.progress({ stage: `Shapley values of ${layer}`, done: percent, total: 100, unit: 'percent' });
        return context.breathe();
      };
      return await sampleShapley(played, { keep, budget, random, breathe });
    } finally {
      played.dispose();
    }
  }
}
