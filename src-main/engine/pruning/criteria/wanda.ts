import type { Criterion } from './criterion.ts';

/**
 * √E[x²] of what every row of a kernel is multiplied with: of a dense input, or of a channel over all its positions.
 * @param roots √E[x²] of every element that the layer reads, channels fastest
 * @param channels size of the kernel's second last dimension
 */
function channelRoots(roots: Float32Array, channels: number): Float64Array {
  const squares = new Float64Array(channels);
  roots.forEach((root, i) => (squares[i % channels]! += root ** 2));
  return squares.map((sum) => Math.sqrt((sum * channels) / roots.length));
}

/** Sun et al. 2024, eq. 1. */
export const wanda: Criterion = {
  id: 'wanda',
  name: 'Wanda',
  explanation: 'How much a weight contributes in the states the policy visits: its size times that of what it reads.',
  formula: '|w|·√E[x²]',
  needs: 'activations',
  scoreWeights: ({ kernel, shape, inputs }) => {
    const [channels, units] = [shape.at(-2)!, shape.at(-1)!];
    const roots = channelRoots(inputs!.rootMeanSquare, channels);
    return kernel.map((w, i) => Math.abs(w) * roots[Math.floor(i / units) % channels]!);
  },
};
