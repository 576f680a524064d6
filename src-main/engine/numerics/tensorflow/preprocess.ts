// The first step of every network: raw observations scaled and normalised, before they reach the engine.
import type { NetworkSpecification } from '../../../contract/network.ts';

/**
 * clip((x·scale − mean) / √(variance + ε), ±clip), computed in float64.
 * Always a copy: an engine may keep the array that a tensor was made of.
 * @param inputs [batch, product(input.shape)] raw observations
 */
export function preprocess({ scale, normalizer }: NetworkSpecification['input'], inputs: Float32Array): Float32Array {
  if (normalizer === undefined) return scale === 1 ? inputs.slice() : inputs.map((x) => x * scale);
  const { mean, variance, epsilon, clip } = normalizer;
  const width = mean.length;
  const deviation = variance.map((value) => Math.sqrt(value + epsilon));
  return inputs.map((x, i) => {
    const z = (x * scale - mean[i % width]!) / deviation[i % width]!;
    return Math.min(Math.max(z, -clip), clip);
  });
}
