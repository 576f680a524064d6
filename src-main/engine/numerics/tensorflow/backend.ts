// The numerics port on TensorFlow.js, whichever of its engines computes.
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { Backend } from '../backend.ts';
import { TensorflowInstance } from './instance.ts';
import type { Session } from './session.ts';

/** An engine of TensorFlow.js that is not there, or does not start here. */
export class EngineUnavailableError extends SecateurError {
  readonly kind = 'environment';

  constructor(engine: string, options?: ErrorOptions) {
    super(`the TensorFlow.js engine "${engine}" does not start`, 'Choose another backend, such as cpu.', options);
  }
}

/**
 * Starts the engine, if it is not running yet, and wraps it.
 * @param session the module, with the engine registered in it.
 * @param name as recipes call the backend.
 * @param version of what computes, for provenance.
 * @throws EngineUnavailableError
 */
export async function createTensorflowBackend({
  tf,
  engine,
  name,
  version,
}: Session & Pick<Backend, 'name' | 'version'>): Promise<Backend> {
  tf.enableProdMode(); // no advice to install other packages on standard error
  const started = await tf.setBackend(engine).catch((cause: unknown) => {
    throw new EngineUnavailableError(engine, { cause });
  });
  if (!started) throw new EngineUnavailableError(engine);
  return {
    name,
    version,
    instantiate: (network, parameters, options) => new TensorflowInstance({ tf, engine }, network, parameters, options),
  };
}
