// Distillation of which every look is kept, for whoever chooses among them.
import type { PolicyModel } from '../../../networks/model.ts';
import type { RecoveryInput } from '../recovery.ts';
import { distill } from './distill.ts';

export interface Looks {
  readonly looks: number;
  readonly updatesPerLook: number;
  /** For the progress. */
  readonly stage: string;
}

/** @returns the student as it was, and at every look until the end, or until the person asked to stop */
export async function distillOn(
  input: Omit<RecoveryInput, 'updates'>,
  { looks, updatesPerLook, stage }: Looks,
): Promise<PolicyModel[]> {
  const session = distill.start({ ...input, updates: looks * updatesPerLook });
  const seen = [input.student];
  try {
    for (let look = 0; look < looks; look++) {
      input.context.progress({ stage, done: look, total: looks, unit: 'looks' });
      if (await session.advance(updatesPerLook)) break;
      seen.push(session.current());
    }
  } finally {
    session.dispose();
  }
  return seen;
}
