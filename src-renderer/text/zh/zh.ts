// 简体中文
import type { Messages } from '../messages.ts';
import { common } from './common.ts';
import { comparison } from './comparison.ts';
import { episodes } from './episodes.ts';
import { exporting } from './exporting.ts';
import { methods } from './methods.ts';
import { run } from './run.ts';
import { wizard } from './wizard.ts';

export const zh: Messages = { common, comparison, episodes, exporting, methods, run, wizard };
