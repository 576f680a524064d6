// Whether a model can act in an environment: it has to observe and act as the environment expects.
import type { ActionSpace } from '../../contract/environment.ts';
import type { ModelDescription } from '../../contract/model.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { EnvironmentDefinition } from '../environments/environment.ts';

/** A model that cannot act in an environment. */
export class ModelDoesNotFitError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: string, model: string, environment: string, id: string) {
    super(
      `the model's ${what} is ${model}, that of ${id} is ${environment}`,
      `Choose the environment that the model was trained in, or a model trained in ${id}.`,
    );
  }
}

/** An action space in a few words, for messages. */
export function describeActions(space: ActionSpace): string {
  if (space.kind === 'discrete') return `discrete(${space.n})`;
  return `box[${space.shape.join(', ')}] from [${space.low.join(', ')}] to [${space.high.join(', ')}]`;
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => Math.fround(value) === Math.fround(b[i]!));

function sameActions(a: ActionSpace, b: ActionSpace): boolean {
  if (a.kind === 'discrete') return b.kind === 'discrete' && a.n === b.n;
  return b.kind === 'box' && same(a.shape, b.shape) && same(a.low, b.low) && same(a.high, b.high);
}

/**
 * The model observes and acts as the environment expects; bounds are compared in float32, as files hold them.
 * @throws ModelDoesNotFitError
 */
export function checkModelFits(description: ModelDescription, definition: EnvironmentDefinition): void {
  const input = description.network.input.shape;
  const { shape } = definition.observationSpace;
  if (!same(input, shape)) {
    throw new ModelDoesNotFitError('observation', `[${input.join(', ')}]`, `[${shape.join(', ')}]`, definition.id);
  }
  if (!sameActions(description.actionSpace, definition.actionSpace)) {
    const model = describeActions(description.actionSpace);
    throw new ModelDoesNotFitError('action space', model, describeActions(definition.actionSpace), definition.id);
  }
}
