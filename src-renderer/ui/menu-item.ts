/** One thing that can be done, in a menu. */
export interface MenuItem {
  readonly label: string;
  readonly shortcut?: string | null;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}
