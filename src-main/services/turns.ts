// Places for runs that compute at the same time; whoever finds none waits in line.

export interface Turn {
  /** Resolves when a place is free; rejects with what `giveUp` was called with. */
  readonly granted: Promise<unknown>;
  /** Leaves the line, if it still stands there. @returns whether it did */
  giveUp(reason: Error): boolean;
  /** Gives the place back. */
  release(): void;
}

export class Turns {
  #free: number;
  #limit: number;
  readonly #line: { grant: () => void }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
    this.#free = limit;
  }

  /** Fewer places take effect as places are given back. */
  set limit(limit: number) {
    this.#free += limit - this.#limit;
    this.#limit = limit;
    this.#serve();
  }

  take(): Turn {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    // Whoever gives up may never look at the promise.
    promise.catch(() => undefined);
    let held = false;
    const place = {
      grant: (): void => {
        held = true;
        resolve(undefined);
      },
    };
    this.#line.push(place);
    this.#serve();
    return {
      granted: promise,
      giveUp: (reason) => {
        const index = this.#line.indexOf(place);
        if (index < 0) return false;
        this.#line.splice(index, 1);
        reject(reason);
        return true;
      },
      release: () => {
        if (!held) return;
        held = false;
        this.#free++;
        this.#serve();
      },
    };
  }

  #serve(): void {
    while (this.#free > 0) {
      const next = this.#line.shift();
      if (next === undefined) return;
      this.#free--;
      next.grant();
    }
  }
}
