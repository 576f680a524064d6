// An agent saved by Stable-Baselines3: a zip of settings (`data`) and weights (`policy.pth`).
import type { Activation } from '../../../contract/network.ts';
import { modelDescriptionSchema, type Algorithm, type ModelDescription } from '../../../contract/model.ts';
import { checkParameters, sizeOf, type Shape } from '../../networks/shapes.ts';
import type { ModelFile, ModelReader, ReadModel } from '../model-reader.ts';
import { isTorchArchive, readTorch } from '../torch/read-torch.ts';
import { decodeUtf8 } from '../utf8.ts';
import { looksLikeZip, readZip, type ZipArchive } from '../zip/read-zip.ts';
import { identifyAlgorithm } from './algorithm.ts';
import { readData, type Fields } from './data.ts';
import { InconsistentAgentError, NotAnAgentError, UnsupportedModelError } from './errors.ts';
import { joinStacks, outputsOf } from './layers.ts';
import { firstInputs, readActorCritic, readValueNetwork, toNetwork, type NetworkParts } from './networks.ts';
import { wasNormalized } from './normalization-evidence.ts';
import { imageObservation, vectorObservation } from './observation.ts';
import { readPolicyArguments } from './policy-arguments.ts';
import { continuousActions, readSpace } from './spaces.ts';
import { StateDict } from './state-dict.ts';

function checkEntries(archive: ZipArchive): void {
  if (archive.has('data') && archive.has('policy.pth')) return;
  throw isTorchArchive(archive)
    ? new UnsupportedModelError(archive.file, 'bare weights of PyTorch, which do not say what network they belong to')
    : new NotAnAgentError(archive.file, 'it lacks the entries "data" and "policy.pth"');
}

type Acting = Pick<ModelDescription, 'policy' | 'actionSpace'> & { readonly notes: readonly string[] };

/** How the first head's outputs become actions: greedily, or as the mean of a Gaussian when there is a log_std. */
function readActing(options: { data: Fields; weights: StateDict; head: string; outputs: number }): Acting {
  const { data, weights, head, outputs } = options;
  const { file } = weights;
  const space = readSpace(data.action_space);
  if (space?.kind === 'other') throw new UnsupportedModelError(file, `actions of the space ${space.name}`);
  if (data.use_sde === true) throw new UnsupportedModelError(file, 'state-dependent exploration (use_sde)');
  const misfit = new InconsistentAgentError(file, `its network has ${outputs} outputs, which do not fit its actions`);
  if (!weights.has('log_std')) {
    if (space?.kind === 'box' || (space !== null && space.n !== outputs)) throw misfit;
    return { policy: { kind: 'greedy', head }, actionSpace: { kind: 'discrete', n: outputs }, notes: [] };
  }
  if (space?.kind === 'discrete' || (space !== null && sizeOf(space.shape) !== outputs)) throw misfit;
  const logStd = Array.from(weights.take('log_std', 1).values);
  if (logStd.length !== outputs) throw misfit;
  const actions = continuousActions(space, outputs);
  return { policy: { kind: 'mean', head, logStd }, actionSpace: actions.space, notes: actions.notes };
}

/** Every tensor must have been asked for: what is left over is a part of the network that was not understood. */
function readParts(options: {
  weights: StateDict;
  algorithm: Algorithm;
  activation: Activation;
  image: Shape | null;
}): NetworkParts {
  const { weights, algorithm, activation, image } = options;
  const read = algorithm === 'dqn' ? readValueNetwork : readActorCritic;
  const parts = read({ weights, activation, image });
  const unknown = weights.unread.find((key) => key !== 'log_std');
  if (unknown === undefined) return parts;
  throw new UnsupportedModelError(weights.file, `layers that are not known, such as "${unknown}"`);
}

function readVersion(archive: ZipArchive): string {
  const entry = '_stable_baselines3_version';
  const version = archive.has(entry) ? decodeUtf8(archive.read(entry))?.trim() : undefined;
  return version !== undefined && /^[\w.+-]{1,30}$/.test(version) ? ` ${version}` : '';
}

/**
 * @throws UnsupportedModelError, NotAnAgentError, InconsistentAgentError, NonFiniteWeightsError,
 *   and the errors of zip/, pickle/, torch/ and networks/shapes.ts
 */
export function readStableBaselines3({ name, bytes }: ModelFile): ReadModel {
  const archive = readZip({ bytes, file: name });
  checkEntries(archive);
  const data = readData(archive);
  const space = readSpace(data.observation_space);
  const weights = new StateDict(name, readTorch({ bytes: archive.read('policy.pth'), file: `${name}/policy.pth` }));
  const { algorithm, label, notes } = identifyAlgorithm({ data, weights, file: name });
  if (space?.kind === 'other') throw new UnsupportedModelError(name, `observations of the space ${space.name}`);
  const otherwise = algorithm === 'dqn' ? 'relu' : 'tanh';
  const { activation, normalizeImages, notes: assumptions } = readPolicyArguments({ data, otherwise, file: name });
  const hasConvolutions = weights.keys.some((key) => key.includes('features_extractor.cnn.'));
  const images = hasConvolutions ? imageObservation({ space, normalizeImages, file: name }) : null;
  const parts = readParts({ weights, algorithm, activation, image: images?.input.shape ?? null });
  const vectors = { space, normalizeImages, inputs: firstInputs(parts), file: name };
  const observation = images ?? vectorObservation(vectors);
  const network = toNetwork(parts, observation.input);
  const [acts] = parts.heads;
  const acting = readActing({ data, weights, head: acts.name, outputs: outputsOf(acts.stack) });
  const gamma = typeof data.gamma === 'number' && data.gamma >= 0 && data.gamma <= 1 ? data.gamma : null;
  const parameters = joinStacks(parts.trunk, ...parts.heads.map((head) => head.stack)).parameters;
  const { policy, actionSpace } = acting;
  const description = modelDescriptionSchema.safeParse({ algorithm, network, policy, actionSpace, gamma });
  if (!description.success) {
    const [issue] = description.error.issues;
    throw new InconsistentAgentError(name, `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'invalid'}`);
  }
  checkParameters(network, parameters);
  return {
    model: { description: description.data, parameters, masks: {} },
    origin: `${label}, Stable-Baselines3${readVersion(archive)}`,
    notes: [...notes, ...assumptions, ...observation.notes, ...acting.notes],
    needsNormalizer: wasNormalized({ data, algorithm }),
  };
}

export const stableBaselines3: ModelReader = {
  id: 'stable-baselines3',
  label: 'Stable-Baselines3 agent (.zip)',
  match: ({ name, bytes }) => looksLikeZip(bytes) || name.toLowerCase().endsWith('.zip'),
  read: readStableBaselines3,
};
