// Files of observations that are dropped on the page go to whoever asks for them.

type Taker = (file: File) => void;

export const OBSERVATION_ENDINGS = '.npy,.npz,.csv';

class ObservationDrops {
  #taker: Taker | null = $state.raw(null);

  get areWanted(): boolean {
    return this.#taker !== null;
  }

  /** @returns asks no longer */
  ask(taker: Taker): () => void {
    this.#taker = taker;
    return () => {
      if (this.#taker === taker) this.#taker = null;
    };
  }

  /** @returns the files that are left for others */
  take(files: readonly File[]): readonly File[] {
    if (this.#taker === null) return files;
    const isWanted = ({ name }: File): boolean =>
      OBSERVATION_ENDINGS.split(',').some((ending) => name.toLowerCase().endsWith(ending));
    const wanted = files.filter(isWanted);
    if (wanted[0] !== undefined) this.#taker(wanted[0]);
    return files.filter((file) => !isWanted(file));
  }
}

export const observationDrops = new ObservationDrops();
