// Text that came from outside, made harmless between tags and in quoted attributes.
import { visible } from '../visible.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => visible(text).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);
