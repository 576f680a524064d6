/** Red, green, blue of "#rrggbb". @throws TypeError for anything else: tokens of surfaces are written so */
export function rgbOf(colour: string): readonly [number, number, number] {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  if (digits === undefined) throw new TypeError(`"${colour}" is not a colour of the form #rrggbb`);
  const channel = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}
