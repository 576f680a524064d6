// 简体中文
import type { Messages } from '../messages.ts';
import { common } from './common.ts';
import { inspector } from './inspector.ts';

export const zh: Messages = { common, inspector };
