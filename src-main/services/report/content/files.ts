// The files of the export: what each is for, and how it was found to answer as the model does.
import type { ExportCheck } from '../../../contract/job.ts';
import { table, type Block, type Section, type Text } from '../document.ts';
import { counted, formatBytes, formatCount, formatMicroseconds, formatTiny } from '../numbers.ts';

const FORMATS: Readonly<Record<string, string>> = {
  onnx: 'ONNX',
  tfjs: 'TensorFlow.js',
  safetensors: 'safetensors',
};

/** Formats that this room has not heard of are called by their id. */
export const formatName = (id: string): string => FORMATS[id] ?? id;

function purposeOf(name: string): string {
  if (name.endsWith('.onnx')) return 'The policy for ONNX Runtime and everything else that reads ONNX.';
  if (name.endsWith('.safetensors'))
    return "The policy's numbers with names, and its description: opens in Secateur again.";
  if (name.endsWith('.bin')) return 'The numbers of the TensorFlow.js model; lies beside its model.json.';
  if (name.endsWith('.json')) return 'The layers of the TensorFlow.js model; this is the one to load.';
  return 'Part of the model.';
}

const ALWAYS: readonly (readonly [string, string])[] = [
  ['recipe.json', 'The recipe that led here; Secateur runs it again.'],
  ['report.html', 'This report, for a browser.'],
  ['report.md', 'This report, as Markdown.'],
  ['manifest.json', 'Every file with its size and SHA-256.'],
];

function filesTable(checks: readonly ExportCheck[]): Block {
  const written = checks.flatMap((check) =>
    check.files.map(({ name, bytes }): Text[] => [[{ code: name }], formatBytes(bytes), purposeOf(name)]),
  );
  return table(
    [
      { title: 'File', kind: 'code' },
      { title: 'Size', kind: 'number' },
      { title: 'What it is for', kind: 'text' },
    ],
    [...written, ...ALWAYS.map(([name, purpose]): Text[] => [[{ code: name }], '', purpose])],
  );
}

function checksTable(checks: readonly ExportCheck[]): Block {
  return table(
    [
      { title: 'Format', kind: 'text' },
      { title: 'Read back by', kind: 'text' },
      { title: 'Compared on', kind: 'number' },
      { title: 'Largest difference', kind: 'number' },
      { title: 'Other actions', kind: 'number' },
      { title: 'Time to act', kind: 'number' },
    ],
    checks.map((check) => [
      formatName(check.format),
      check.reader,
      counted(check.states, 'state'),
      formatTiny(check.largestDifference),
      formatCount(check.differentActions),
      check.medianMicroseconds === null ? 'not measured' : formatMicroseconds(check.medianMicroseconds),
    ]),
  );
}

export function filesSection(checks: readonly ExportCheck[]): Section {
  const compared =
    'Every file was read back by the software named here and compared with the model: the largest absolute difference of any ' +
    'output, states in which the action differs though the two best outputs are clearly apart, and the median time of ' +
    'one observation in that software.';
  return {
    title: 'Files',
    blocks:
      checks.length === 0
        ? [filesTable(checks)]
        : [filesTable(checks), { kind: 'paragraph', text: compared }, checksTable(checks)],
  };
}
