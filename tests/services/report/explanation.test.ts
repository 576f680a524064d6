import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src-main/contract/explanation.ts';
import { explanationSentences } from '../../../src-main/services/report/explanation.ts';
import { explanationWords } from '../../../src-renderer/text/explanation-words.ts';
import { en } from '../../../src-renderer/text/en/en.ts';
import { zh } from '../../../src-renderer/text/zh/zh.ts';

const plain: Explanation = {
  inputs: 4,
  unread: [],
  constantLayers: [],
  constantAction: false,
  zeros: 0,
  weights: 100,
};
const blind: Explanation = {
  ...plain,
  unread: [
    { index: 0, name: 'cart position' },
    { index: 3, name: null },
  ],
  zeros: 25,
};

describe('what a policy looks at, in sentences', () => {
  it('nothing is said where there is nothing to say', () => {
    expect(explanationSentences(plain)).toEqual([]);
    expect(explanationWords(plain, en.explanation)).toEqual([]);
  });

  it('inputs by name where they have one, and a warning about zeros', () => {
    const [unread, zeros] = explanationSentences(blind);
    expect(unread).toBe('It no longer looks at cart position (input 0) and input 3: 2\u00a0inputs of 4 decide.');
    expect(zeros).toMatch(/^25\s?% of the weights that remain are zeros .*ONNX/u);
    expect(explanationWords(blind, zh.explanation)[0]).toBe(
      '它不再关注小车位置（输入 0）、输入 3；4 个输入中只有 2 个起作用。',
    );
  });

  it('many inputs are counted', () => {
    const unread = Array.from({ length: 30 }, (_, index) => ({ index, name: null }));
    const [sentence] = explanationSentences({ ...plain, inputs: 31, unread });
    expect(sentence).toContain('input 7 and 22 more: 1\u00a0input of 31 decides.');
    expect(explanationWords({ ...plain, inputs: 31, unread }, en.explanation)[0]).toContain('22 more');
  });

  it('a policy that always does the same is not said to have stopped looking', () => {
    const cut = { ...blind, zeros: 0, constantAction: true, constantLayers: ['dense_1', 'q/out'] };
    expect(explanationSentences(cut)).toEqual([
      'It always does the same, whatever it observes.',
      'The layers dense_1 and q/out put out the same whatever is observed.',
    ]);
  });
});
