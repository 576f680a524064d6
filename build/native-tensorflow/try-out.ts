// Loads native TensorFlow from the folder that it is given and computes, in a process of its own: a broken addon may end
// it. Prints what it loaded as JSON.
import { loadTensorflow, packageIn } from '../../src-main/workers/load-tensorflow.ts';

const loaded = loadTensorflow({ packages: [packageIn(process.argv[2]!)] });
if (loaded.kind === 'unavailable') throw new Error(loaded.reason);
const { tf, version, device } = loaded;
// d/dw Σ(x·w)² = 2xᵀ(x·w), for x = [[1, 2], [3, 4]] and w = [1, 1].
const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
const gradient = tf.grad((w) => tf.sum(tf.square(tf.matMul(x, w as typeof x))))(tf.ones([2, 1]));
const values = [...gradient.dataSync()];
if (values.join() !== '48,68') throw new Error(`TensorFlow computes [${values.join()}] where [48,68] is right`);
console.log(JSON.stringify({ version, device }));
