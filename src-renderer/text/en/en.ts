// English, which the other languages follow. A part of the page has a file of its own.
import { common } from './common.ts';

export const en = { common } as const;
