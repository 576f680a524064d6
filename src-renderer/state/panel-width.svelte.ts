// How wide a panel is, as this browser remembers it.

export class PanelWidth {
  readonly #key: string;
  #pixels: number;

  constructor(panel: string, initial: number) {
    this.#key = `secateur.width.${panel}`;
    const remembered = Number(localStorage.getItem(this.#key) ?? initial);
    this.#pixels = $state(Number.isFinite(remembered) ? remembered : initial);
  }

  get pixels(): number {
    return this.#pixels;
  }

  set pixels(pixels: number) {
    this.#pixels = pixels;
    localStorage.setItem(this.#key, String(pixels));
  }
}
