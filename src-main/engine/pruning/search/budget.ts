// What a policy may cost, measured as reports measure it.
import type { BudgetReport } from '../../../contract/prune-report.ts';
import type { AutomaticTarget } from '../../../contract/recipe.ts';
import { latencyOf } from '../../evaluation/measure-model.ts';
import { writeModel } from '../../formats/safetensors/model-file.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Backend } from '../../numerics/backend.ts';
import type { RunContext } from '../../run-context.ts';

export type BudgetTarget = Exclude<AutomaticTarget, { kind: 'return' }>;

/** Clocks tremble: a network is chosen for a latency this much below what is allowed, so that the report agrees. */
const LATENCY_HEADROOM = 0.05;

/** Bytes, or microseconds. */
export function costOf(report: BudgetReport): number {
  return report.kind === 'bytes' ? report.measured : report.measured.medianMicroseconds;
}

/** "812 bytes", "2.413 µs". */
export function describeCost(kind: BudgetReport['kind'], cost: number): string {
  return kind === 'bytes' ? `${cost} bytes` : `${Number(cost.toPrecision(4))} µs`;
}

/** Whether the network is one to choose, not only one to be satisfied with. */
export function fitsWell(report: BudgetReport): boolean {
  return report.kind === 'bytes' ? report.met : costOf(report) <= (1 - LATENCY_HEADROOM) * report.allowed;
}

/** @param model compacted, on raw inputs: what would be written to a file */
export type MeasureBudget = (model: PolicyModel) => BudgetReport;

export function measureBudget(input: {
  readonly target: BudgetTarget;
  /** Any, [inputSize]. */
  readonly observation: Float32Array;
  readonly backend: Backend;
  readonly context: RunContext;
}): MeasureBudget {
  const { target } = input;
  switch (target.kind) {
    case 'bytes':
      return (model) => {
        const measured = writeModel(model).length;
        return { kind: 'bytes', allowed: target.bytes, measured, met: measured <= target.bytes };
      };
    case 'latency':
      return (model) => {
        const measured = latencyOf({ ...input, model });
        const met = measured.medianMicroseconds <= target.microseconds;
        return { kind: 'latency', allowed: target.microseconds, measured, met };
      };
  }
}
