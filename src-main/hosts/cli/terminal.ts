// What people see while something runs: a bar that redraws itself on a terminal, plain lines elsewhere, JSON on request.
import { styleText } from 'node:util';
import type { Progress } from '../../contract/job.ts';
import { formatCount, formatDuration } from '../../services/report/numbers.ts';
import type { RunEvent } from '../../services/services.ts';
import { Rate } from '../../services/rate.ts';

const BAR_WIDTH = 24;
/** Beside a long text on a narrow terminal. */
const SHORT_BAR_WIDTH = 8;
const SHORTEST_STAGE = 12;
const REDRAW_MS = 80;
/** Away from a terminal, a line of progress at most this often. */
const LINE_MS = 5000;

export type OutputMode = 'terminal' | 'lines' | 'json';

export function outputMode(json: boolean): OutputMode {
  if (json) return 'json';
  return process.stderr.isTTY && process.env.CI === undefined ? 'terminal' : 'lines';
}

const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** Progress, notes and logs of a run, on standard error; standard output is for results. */
export class RunDisplay {
  readonly #mode: OutputMode;
  #rate = new Rate();
  #stage = '';
  #drawnAt = -Infinity;
  #barShown = false;

  constructor(mode: OutputMode) {
    this.#mode = mode;
  }

  /** @param event with the seed of its run, where there are several */
  show(event: RunEvent & { readonly seed?: number }): void {
    if (this.#mode === 'json') {
      process.stderr.write(`${JSON.stringify(event)}\n`);
      return;
    }
    switch (event.type) {
      case 'progress':
        this.#progress(event.progress);
        break;
      case 'imported':
        this.note(`opened ${event.model.name}`);
        for (const note of event.notes) this.warn(note);
        break;
      case 'log':
        if (event.level === 'info') this.note(event.text);
        else if (event.level === 'warning') this.warn(event.text);
        break;
      case 'run':
      case 'paused':
      case 'policy':
      case 'metrics':
      case 'trial':
        break;
    }
  }

  note(text: string): void {
    if (this.#mode !== 'json') this.#line(styleText('dim', text, { stream: process.stderr }));
  }

  warn(text: string): void {
    if (this.#mode === 'json') process.stderr.write(`${JSON.stringify({ type: 'warning', text })}\n`);
    else this.#line(`${styleText('yellow', 'note:', { stream: process.stderr })} ${text}`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#barShown) process.stderr.write('\r\x1b[2K');
    this.#barShown = false;
  }

  #line(text: string): void {
    this.clear();
    process.stderr.write(`${text}\n`);
  }

  #progress(progress: Progress): void {
    const now = performance.now();
    const newStage = progress.stage !== this.#stage;
    if (newStage) {
      this.#stage = progress.stage;
      this.#rate = new Rate();
    }
    this.#rate.add(now, progress.done);
    const wait = this.#mode === 'terminal' ? REDRAW_MS : LINE_MS;
    if (!newStage && now - this.#drawnAt < wait) return;
    if (this.#mode === 'lines' && newStage && now - this.#drawnAt < wait) return;
    this.#drawnAt = now;
    const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
    const { perSecond } = this.#rate;
    const eta = perSecond > 0 ? (progress.total - progress.done) / perSecond : Infinity;
    const figures =
      perSecond > 0
        ? ` ${formatCount(perSecond)} ${progress.unit}/s, ${formatDuration(eta)} left`
        : ` ${progress.unit}`;
    const counts = `${formatCount(progress.done)}/${formatCount(progress.total)}`;
    if (this.#mode === 'lines') {
      process.stderr.write(`${progress.stage}: ${counts}${figures}\n`);
      return;
    }
    const text = `${counts}${figures}`;
    // The last column stays free: some terminals start a new line as soon as it is written.
    const room = (process.stderr.columns || 80) - text.length - 3;
    const width = room - BAR_WIDTH < progress.stage.length ? SHORT_BAR_WIDTH : BAR_WIDTH;
    const filled = Math.round(share * width);
    const bar = styleText('green', '━'.repeat(filled), { stream: process.stderr }) + '─'.repeat(width - filled);
    const stage = shorten(progress.stage, Math.max(SHORTEST_STAGE, room - width));
    process.stderr.write(`\r\x1b[2K${bar} ${stage} ${styleText('dim', text, { stream: process.stderr })}`);
    this.#barShown = true;
  }
}
