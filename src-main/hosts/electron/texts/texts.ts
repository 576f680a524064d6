// What the window itself says; the page has its own words.

export interface Texts {
  readonly menu: {
    readonly file: string;
    readonly openFile: string;
    readonly export: string;
    readonly quit: string;
    readonly edit: string;
    readonly view: string;
    readonly palette: string;
    readonly settings: string;
    readonly window: string;
    readonly help: string;
    readonly shortcuts: string;
    readonly about: string;
  };
  readonly closing: {
    /** Of the question, with the number of runs. */
    readonly message: (runs: number) => string;
    readonly detail: string;
    readonly background: string;
    readonly stop: string;
    readonly cancel: string;
    readonly stay: string;
  };
  readonly tray: { readonly running: (runs: number) => string; readonly show: string; readonly quit: string };
  readonly crash: {
    readonly message: string;
    readonly detail: (reason: string) => string;
    readonly reload: string;
    readonly quit: string;
  };
}
