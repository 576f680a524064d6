// English, which the other languages follow. A part of the page has a file of its own.
import { common } from './common.ts';
import { palette } from './palette.ts';
import { projects } from './projects.ts';

export const en = { common, palette, projects } as const;
