// What a pruned policy still looks at, in sentences; and what its zeros are worth to others.
import type { Explanation, ExplainedInput } from '../../contract/explanation.ts';
import { counted, formatCount, formatShare } from './numbers.ts';

const nameOf = ({ index, name }: ExplainedInput): string =>
  name === null ? `input ${index}` : `${name} (input ${index})`;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;

/** More names than this are counted. */
const MOST_NAMED = 8;

function unreadSentence({ inputs, unread }: Explanation): string {
  const rest = inputs - unread.length;
  const names = unread.slice(0, MOST_NAMED).map(nameOf);
  const more = unread.length - names.length;
  const what = listed(more > 0 ? [...names, `${formatCount(more)} more`] : names);
  return `It no longer looks at ${what}: ${counted(rest, 'input')} of ${formatCount(inputs)} ${rest === 1 ? 'decides' : 'decide'}.`;
}

export function explanationSentences(explanation: Explanation): string[] {
  const { unread, constantLayers, constantAction, zeros, weights } = explanation;
  const sentences: string[] = [];
  if (constantAction) sentences.push('It always does the same, whatever it observes.');
  else if (unread.length > 0) sentences.push(unreadSentence(explanation));
  if (constantLayers.length > 0) {
    const one = constantLayers.length === 1;
    sentences.push(
      `The ${one ? 'layer' : 'layers'} ${listed(constantLayers)} ${one ? 'puts' : 'put'} out the same whatever is observed.`,
    );
  }
  if (zeros > 0) {
    sentences.push(
      `${formatShare(zeros / weights)} of the weights that remain are zeros inside layers. ONNX and TensorFlow.js files keep ` +
        'them, and most runtimes multiply by them as by any other number; removing whole units makes files smaller and faster everywhere.',
    );
  }
  return sentences;
}
