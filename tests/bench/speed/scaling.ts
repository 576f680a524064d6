// How long an update takes as networks grow wider, and as fewer of their weights live.
import { createLearner } from './learner.ts';
import { mlp } from './networks.ts';
import { measureRounds, median, type Rounds, type RoundTimes } from './rounds.ts';
import { preparePeerUpdate, updating } from './updates.ts';
import type { WorkContext } from './work.ts';

const WIDTHS = [64, 128, 256, 512, 1024];
const DENSITIES = [1, 0.5, 0.35, 0.2, 0.1, 0.05, 0.02, 0.01];
const SPARSE = 0.05;
const WIDTH_OF_DENSITIES = 512;

export interface Curve {
  readonly name: string;
  /** [width or density, median microseconds] */
  readonly points: readonly (readonly [number, number])[];
}

export interface Scaling {
  readonly width: readonly Curve[];
  readonly density: readonly Curve[];
}

/** 8-width-width-4, batch 128: ours at these densities, by density, and PyTorch. */
async function measureWidth(
  context: WorkContext,
  {
    width,
    densities,
    rounds,
  }: { readonly width: number; readonly densities: readonly number[]; readonly rounds: Rounds },
): Promise<RoundTimes> {
  const task = mlp(8, [width, width], 4, 128);
  const agents = densities.map((density) => createLearner(context.backend, task, { density }));
  await preparePeerUpdate(context, task);
  const ours = agents.map((agent, i) => updating(String(densities[i]!), agent));
  const times = await measureRounds([...ours, context.peer.contestant({ inference: false })], rounds);
  for (const agent of agents) agent.dispose();
  return times;
}

export async function measureScaling(context: WorkContext, rounds: Rounds): Promise<Scaling> {
  const byWidth: RoundTimes[] = [];
  for (const width of WIDTHS) byWidth.push(await measureWidth(context, { width, densities: [1, SPARSE], rounds }));
  const widthCurve = (name: string, contestant: string): Curve => ({
    name,
    points: byWidth.map((times, i) => [WIDTHS[i]!, median(times[contestant]!)]),
  });

  const byDensity = await measureWidth(context, { width: WIDTH_OF_DENSITIES, densities: DENSITIES, rounds });
  const densityCurve = (name: string, contestantAt: (density: number) => string): Curve => ({
    name,
    points: DENSITIES.map((density) => [100 * density, median(byDensity[contestantAt(density)]!)]),
  });
  return {
    width: [
      widthCurve('PyTorch', 'PyTorch'),
      widthCurve('Secateur', '1'),
      widthCurve('Secateur, 95 % sparse', String(SPARSE)),
    ],
    density: [densityCurve('PyTorch, dense', () => 'PyTorch'), densityCurve('Secateur', String)],
  };
}
