/** One thing that can be done, in a menu. */
export interface MenuItem {
  readonly label: string;
  readonly shortcut?: string | null;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** It moves the focus itself, so that the menu must not give it back to where it was. */
  readonly takesFocus?: boolean;
  readonly run: () => void;
}
