// A question about a model as it is put to a worker, and as its answer is found again.
import type { AnalysisAnswer, AnalysisQuestion } from '../../contract/api/analyses.ts';
import type { Model } from '../../contract/entity.ts';
import { bytesOfFloats } from '../../contract/floats.ts';
import type { JobRequest, JobResult } from '../../contract/job.ts';
import type { Saliency } from '../../contract/saliency.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { JobAbortedError } from '../job-errors.ts';

/** Returns are asked of a model that has nowhere to be played. */
export class NowhereToPlayError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(model: Model) {
    super(
      `"${model.name}" belongs to no environment, so its returns cannot be measured`,
      'Import the agent for the environment that it was trained in.',
    );
  }
}

/** Everything but the weights that an answer depends on. */
export interface PosedQuestion {
  readonly question: AnalysisQuestion;
  readonly model: Model;
  /** Null for a model that belongs to none. */
  readonly environment: string | null;
}

/** To be changed when the answers of a kind change. */
const VERSIONS: Readonly<Record<AnalysisQuestion['kind'], number>> = { saliency: 1, sensitivity: 1 };

/** The same for the same question, whoever asks it of whichever model. */
export function textOf({ question, environment }: PosedQuestion): string {
  const { kind, modelId: _, ...asked } = question;
  return `${kind} ${VERSIONS[kind]} ${JSON.stringify({ ...asked, environment })}`;
}

/** @throws NowhereToPlayError */
export function jobOf(
  { question, environment, model: asked }: PosedQuestion,
  model: Uint8Array,
  backend: string,
): JobRequest {
  const { modelId: _, ...rest } = question;
  if (rest.kind === 'saliency') return { ...rest, environment, model, backend };
  if (environment === null) throw new NowhereToPlayError(asked);
  return { ...rest, environment, model, backend };
}

function toBytes({ layers, ...saliency }: Saliency): Extract<AnalysisAnswer, { kind: 'saliency' }>['saliency'] {
  return {
    ...saliency,
    layers: layers.map((layer) => ({
      ...layer,
      scores: bytesOfFloats(layer.scores),
      estimate: layer.estimate && { ...layer.estimate, halfWidths: bytesOfFloats(layer.estimate.halfWidths) },
    })),
  };
}

/** @throws JobAbortedError for a job that was stopped before it had an answer */
export function answerOf(result: JobResult): AnalysisAnswer {
  switch (result.kind) {
    case 'saliency':
      return { kind: 'saliency', saliency: toBytes(result.saliency) };
    case 'sensitivity':
      if (result.report === null) throw new JobAbortedError();
      return { kind: 'sensitivity', report: result.report };
    default:
      throw new TypeError(`an analysis was answered with a ${result.kind} result`);
  }
}
