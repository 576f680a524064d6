// English, which the other languages follow. A part of the page has a file of its own.
import { common } from './common.ts';
import { comparison } from './comparison.ts';
import { episodes } from './episodes.ts';
import { exporting } from './exporting.ts';
import { methods } from './methods.ts';
import { run } from './run.ts';
import { wizard } from './wizard.ts';

export const en = { common, comparison, episodes, exporting, methods, run, wizard } as const;
