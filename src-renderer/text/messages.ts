// The shape of all texts, as English has them: another language that lacks one does not compile.
import type { en } from './en/en.ts';

/** Literal texts become `string`, so that another language can say it otherwise. */
type Texts<T> = T extends (...parameters: infer P) => string
  ? (...parameters: P) => string
  : T extends string
    ? string
    : { readonly [Key in keyof T]: Texts<T[Key]> };

export type Messages = Texts<typeof en>;
