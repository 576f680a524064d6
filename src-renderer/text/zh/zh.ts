// 简体中文
import type { Messages } from '../messages.ts';
import { common } from './common.ts';
import { jobs } from './jobs.ts';
import { models } from './models.ts';
import { palette } from './palette.ts';
import { projects } from './projects.ts';

export const zh: Messages = { common, jobs, models, palette, projects };
