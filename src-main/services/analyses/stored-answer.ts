// Answers as the store keeps them: JSON, with bytes as base64.
import { analysisAnswerSchema, type AnalysisAnswer } from '../../contract/api/analyses.ts';
import { jsonSchema, type Json } from '../../contract/entity.ts';

const MARK = 'base64';

function textForBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { [MARK]: Buffer.from(value).toString(MARK) } : value;
}

function bytesForText(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(MARK in value)) return value;
  return new Uint8Array(Buffer.from(String(value[MARK]), MARK));
}

export function toStored(answer: AnalysisAnswer): Json {
  return jsonSchema.parse(JSON.parse(JSON.stringify(answer, textForBytes)));
}

/** Null for an answer that this version does not understand: it is computed anew. */
export function fromStored(stored: Json): AnalysisAnswer | null {
  return analysisAnswerSchema.safeParse(JSON.parse(JSON.stringify(stored), bytesForText)).data ?? null;
}
