/** "#fff" as "#ffffff": a smaller style sheet shortens colours, and here an opacity is put behind them. */
export const longColour = (colour: string): string =>
  colour.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
