// What has just happened, said in the corner for a while; what can be undone can be undone from there, or with Ctrl+Z.
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { problemOf } from '../bridge/problem-error.ts';

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly text: string;
  readonly hint: string | null;
  readonly undo: (() => Promise<void>) | null;
}

const SHOWN_MS = 8000;

class Notices {
  #notices = $state.raw<readonly Notice[]>([]);
  #nextId = 0;

  get all(): readonly Notice[] {
    return this.#notices;
  }

  say(text: string, undo: (() => Promise<void>) | null = null): void {
    this.#add({ tone: 'info', text, hint: null, undo });
  }

  /** Stays until it is dismissed: it may ask for something to be done. */
  problem({ message, hint }: Problem): void {
    this.#add({ tone: 'problem', text: message, hint, undo: null });
  }

  /** Does something whose failure has no better place to be shown. */
  async guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problem(problemOf(error));
    }
  }

  dismiss(id: number): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
  }

  /** The newest thing that can be undone. @returns whether there was one */
  undoLast(): boolean {
    const notice = this.#notices.findLast(({ undo }) => undo !== null);
    if (notice?.undo == null) return false;
    this.dismiss(notice.id);
    void this.guard(notice.undo);
    return true;
  }

  #add(notice: Omit<Notice, 'id'>): void {
    const id = this.#nextId++;
    this.#notices = [...this.#notices, { ...notice, id }];
    if (notice.tone === 'info') {
      setTimeout(() => {
        this.dismiss(id);
      }, SHOWN_MS);
    }
  }
}

export const notices = new Notices();
