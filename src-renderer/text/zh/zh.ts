// 简体中文
import type { Messages } from '../messages.ts';
import { common } from './common.ts';

export const zh: Messages = { common };
