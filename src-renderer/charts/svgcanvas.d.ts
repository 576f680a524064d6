// The part of svgcanvas that is used; it comes without types.
declare module 'svgcanvas' {
  export class Element {
    constructor(options: { width: number; height: number });
    getContext(type: '2d'): CanvasRenderingContext2D & { getSerializedSvg(): string };
  }
}
