import type { Agent } from '../../../agents/agent.ts';
import type { PolicyModel } from '../../../networks/model.ts';

/** An agent that starts as the student. */
export interface Learner {
  readonly agent: Agent;
  /** Environments that it plays in. */
  readonly environments: number;
  /** Environment steps that give the updates asked for. */
  readonly totalSteps: number;
  /** Updates before those that were asked for, in which the policy stays as it is. */
  readonly preparation: number;
  /** The student as it is now, as a copy: the network that it came as. */
  current(): PolicyModel;
}
