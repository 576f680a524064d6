// The language that the page speaks.
import { en } from './en/en.ts';
import type { Messages } from './messages.ts';
import { zh } from './zh/zh.ts';

export type LanguageId = 'en' | 'zh';

const languages: Readonly<Record<LanguageId, Messages>> = { en, zh };

class Language {
  #id = $state<LanguageId>('en');

  get id(): LanguageId {
    return this.#id;
  }

  get messages(): Messages {
    return languages[this.#id];
  }

  /** @param setting "system" follows the browser */
  use(setting: LanguageId | 'system'): void {
    this.#id = setting === 'system' ? (navigator.language.startsWith('zh') ? 'zh' : 'en') : setting;
  }
}

export const language = new Language();

/** The texts in the language at hand; read it inside of `$derived` or a template, and it follows. */
export function words(): Messages {
  return language.messages;
}
