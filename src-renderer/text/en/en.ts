// English, which the other languages follow. A part of the page has a file of its own.
import { common } from './common.ts';
import { comparison } from './comparison.ts';
import { episodes } from './episodes.ts';
import { explanation } from './explanation.ts';
import { exporting } from './exporting.ts';
import { inspector } from './inspector.ts';
import { jobs } from './jobs.ts';
import { methods } from './methods.ts';
import { models } from './models.ts';
import { palette } from './palette.ts';
import { projects } from './projects.ts';
import { run } from './run.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { training } from './training.ts';
import { wizard } from './wizard.ts';

export const en = {
  common,
  comparison,
  episodes,
  explanation,
  exporting,
  inspector,
  jobs,
  methods,
  models,
  palette,
  projects,
  run,
  search,
  settings,
  training,
  wizard,
} as const;
