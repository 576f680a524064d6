// What the automatic search can go for, in words.
import type { AutomaticTarget } from '../../../contract/recipe.ts';

interface Target {
  readonly id: AutomaticTarget['kind'];
  readonly name: string;
  readonly explanation: string;
  readonly formula: string;
}

export const targets: readonly Target[] = [
  {
    id: 'return',
    name: 'Return kept',
    explanation: 'As much goes as can, while the return on validation episodes keeps a share of the dense one.',
    formula: 'min ‖m‖₀ with R(θ ⊙ m) ≥ keep · R(θ)',
  },
  {
    id: 'bytes',
    name: 'Size of the file',
    explanation: 'As little goes as has to, until the policy takes no more bytes as a model file.',
    formula: 'max R(θ ⊙ m) with bytes(θ ⊙ m) ≤ B',
  },
  {
    id: 'latency',
    name: 'Time to act',
    explanation: 'As little goes as has to, until one action takes no longer: the median, measured on this machine.',
    formula: 'max R(θ ⊙ m) with median t(θ ⊙ m) ≤ T',
  },
];
