// English, which the other languages follow. A part of the page has a file of its own.
import { common } from './common.ts';
import { inspector } from './inspector.ts';

export const en = { common, inspector } as const;
