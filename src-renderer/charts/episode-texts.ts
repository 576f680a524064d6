/** The words of a player, in the language of the page. */
export interface EpisodeTexts {
  readonly return: string;
  readonly step: string;
  readonly seed: string;
  readonly picture: (environment: string, step: string, earned: string) => string;
  readonly number: (value: number) => string;
  /** The name of an action, or of a component of one. */
  readonly action: (environment: string, index: number) => string;
  readonly outputs: { readonly 'action values': string; readonly logits: string; readonly means: string };
  readonly end: { readonly terminated: string; readonly truncated: string; readonly cut: string };
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly forward: string;
  readonly position: string;
  readonly speed: string;
  readonly next: string;
  readonly loop: string;
  readonly loading: string;
}
