// Which language the window speaks.
import type { Settings } from '../../../contract/settings.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import type { Texts } from './texts.ts';

/** @param locale of the system, as "zh-CN" */
export function textsOf(language: Settings['language'], locale: string): Texts {
  const chosen = language === 'system' ? locale.slice(0, 2).toLowerCase() : language;
  return chosen === 'zh' ? chinese : english;
}
