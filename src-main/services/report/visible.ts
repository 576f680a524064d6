// What cannot be seen must not steer what is: control characters and marks that turn the direction of writing.

const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Line breaks and tabs stay. */
export const visible = (text: string): string =>
  text.toWellFormed().replaceAll(INVISIBLE, (sign) => ('\n\t'.includes(sign) ? sign : '\ufffd'));
