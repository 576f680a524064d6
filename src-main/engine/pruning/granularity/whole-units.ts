// Whole units, neurons or channels: surgery removes them, so file and latency shrink in any runtime.
import type { NetworkSpecification } from '../../../contract/network.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { biasName, kernelName } from '../../networks/shapes.ts';
import { meanOverPositions } from '../activation-statistics.ts';
import { unitGroups, type UnitGroup } from '../units.ts';
import {
  checkScorable,
  skippedOutputs,
  type MaskingGranularity,
  type LayerScores,
  type ScoreInput,
  type SkippedLayer,
} from './granularity.ts';

/** A network without a single unit of the kind that is to be removed. */
export class NoSuchUnitsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(granularity: string, possible: readonly string[]) {
    super(
      `this network has nothing to remove at the granularity "${granularity}"`,
      `Use the granularity ${possible.join(' or ')}.`,
    );
  }
}

type Kind = UnitGroup['kind'];

export function groupsOf(network: NetworkSpecification, kinds: readonly Kind[]): UnitGroup[] {
  return unitGroups(network).filter(({ kind }) => kinds.includes(kind));
}

function skippedOf(network: NetworkSpecification, kinds: readonly Kind[]): SkippedLayer[] {
  return [
    ...unitGroups(network)
      .filter(({ kind }) => !kinds.includes(kind))
      .map(({ layer, kind }) => ({ layer, reason: `it has ${kind}s, which are not asked for` })),
    ...skippedOutputs(network),
  ];
}

/** The scores of every group's units as the criterion gives them; for what `checkScorable` passed. */
function scoreGroups(input: ScoreInput, groups: readonly UnitGroup[]): (LayerScores & { readonly group: UnitGroup })[] {
  const { parameters, masks, criterion, data, random } = input;
  return groups.map((group) => {
    const { layer, kernelShape: shape, units } = group;
    const mask = masks[biasName(layer)];
    const samples = data.decisions;
    const outputs = data.activations?.outputs[layer];
    const seen = {
      group,
      parameters,
      mask,
      outputs: outputs === undefined ? null : meanOverPositions(outputs, units),
      decisions: samples && { outputs: samples.outputs[layer]!, labels: samples.labels },
      gradients: data.gradients?.units[layer] ?? null,
      agreement: data.agreement?.[layer] ?? null,
      return: data.return?.[layer] ?? null,
      random,
    };
    const scores = criterion.scoreUnits!(seen).map((score, unit) => (mask?.[unit] === 0 ? -Infinity : score));
    return { group, layer, shape, scores, estimate: criterion.estimates?.(seen) ?? null };
  });
}

/** A granularity that removes units of some kinds, all in one way: scored by groups, masked with all that is coupled. */
export function wholeUnits(what: {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly kinds: readonly Kind[];
}): MaskingGranularity {
  const { id, name, explanation, kinds } = what;
  const groupsIn = (network: NetworkSpecification): UnitGroup[] => {
    const groups = groupsOf(network, kinds);
    if (groups.length > 0) return groups;
    const others = new Set(unitGroups(network).map(({ kind }) => kind));
    throw new NoSuchUnitsError(id, [...others, 'weight']);
  };
  const score = (input: ScoreInput): ReturnType<typeof scoreGroups> => {
    checkScorable(input, granularity);
    return scoreGroups(input, groupsIn(input.network));
  };
  const granularity: MaskingGranularity = {
    id,
    name,
    explanation,
    ranks: 'units',
    check: (network) => {
      groupsIn(network);
    },
    skips: ({ network }) => skippedOf(network, kinds),
    saliency: score,
    score: (input) =>
      score(input).map(({ group, shape, scores }) => {
        // Layers differ in scale; only relative to the mean of what is left of its layer can a unit be compared with
        // another layer's.
        const left = scores.filter((unit) => unit !== -Infinity);
        const mean = left.reduce((sum, unit) => sum + unit, 0) / left.length;
        const relative = scores.map((unit) => (mean > 0 ? unit / mean : unit));
        return { name: group.layer, size: group.units, shape, minimum: 1, scores: relative };
      }),
    masksFor: (network, kept) => {
      const keepOf = new Map(kept.map(({ name: layer, keep }) => [layer, keep]));
      const masks: Record<string, Uint8Array> = {};
      const maskOf = (parameter: string, size: number): Uint8Array =>
        (masks[parameter] ??= new Uint8Array(size).fill(1));
      for (const group of unitGroups(network)) {
        const keep = keepOf.get(group.layer);
        if (keep === undefined) continue;
        maskOf(biasName(group.layer), group.units).set(keep);
        const incoming = maskOf(kernelName(group.layer), group.inputs * group.units);
        for (let i = 0; i < incoming.length; i++) incoming[i]! &= keep[i % group.units]!;
        for (const reader of group.consumers) {
          const outgoing = maskOf(kernelName(reader.layer), reader.rows * reader.units);
          for (let i = 0; i < outgoing.length; i++) outgoing[i]! &= keep[Math.floor(i / reader.units) % group.units]!;
        }
      }
      return masks;
    },
  };
  return granularity;
}
