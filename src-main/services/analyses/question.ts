// A question about a model as it is put to a worker, and as its answer is found again.
import type { AnalysisAnswer, AnalysisQuestion } from '../../contract/api/analyses.ts';
import type { Model } from '../../contract/entity.ts';
import { bytesOfFloats } from '../../contract/floats.ts';
import type { JobRequest, JobResult } from '../../contract/job.ts';
import type { Saliency } from '../../contract/saliency.ts';

/** Everything but the weights that an answer depends on. */
export interface PosedQuestion {
  readonly question: AnalysisQuestion;
  readonly model: Model;
  /** Null for a model that belongs to none. */
  readonly environment: string | null;
}

/** The same for the same question, whoever asks it of whichever model. To be changed when answers change. */
export function textOf({ question, environment }: PosedQuestion): string {
  const { criterion, granularity, seed } = question;
  return `saliency 1 ${JSON.stringify({ criterion, granularity, environment, seed })}`;
}

export function jobOf({ question, environment }: PosedQuestion, model: Uint8Array, backend: string): JobRequest {
  const { criterion, granularity, seed } = question;
  return { kind: 'saliency', model, environment, criterion, granularity, seed, backend };
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

export function answerOf(result: JobResult): AnalysisAnswer {
  if (result.kind === 'saliency') return { kind: 'saliency', saliency: toBytes(result.saliency) };
  throw new TypeError(`an analysis was answered with a ${result.kind} result`);
}
