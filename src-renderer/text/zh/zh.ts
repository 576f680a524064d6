// 简体中文
import type { Messages } from '../messages.ts';
import { common } from './common.ts';
import { palette } from './palette.ts';
import { projects } from './projects.ts';

export const zh: Messages = { common, palette, projects };
