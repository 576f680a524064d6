// English, which the other languages follow. A part of the page has a file of its own.
import { common } from './common.ts';
import { jobs } from './jobs.ts';
import { models } from './models.ts';
import { palette } from './palette.ts';
import { projects } from './projects.ts';

export const en = { common, jobs, models, palette, projects } as const;
