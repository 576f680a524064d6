// What a policy says over a whole episode, as lines in a box of one by one; geometry only.

export interface TraceLine {
  /** "0,0.5 0.1,0.4 …": x from the first step to the last, y down from the highest output. */
  readonly points: string;
}

/** More points than pixels say nothing. */
const MOST = 800;

const short = (value: number): string => String(Number(value.toFixed(4)));

/**
 * One line per output.
 * @param outputs one row per step @param range both ends of the scale @param length steps across, of the longest episode
 */
export function traceLines(
  outputs: readonly (readonly number[])[],
  range: readonly [number, number],
  length: number,
): TraceLine[] {
  const height = Math.max(1e-9, range[1] - range[0]);
  const stride = Math.max(1, Math.ceil(outputs.length / MOST));
  const steps = outputs.map((_, step) => step).filter((step) => step % stride === 0 || step === outputs.length - 1);
  return (outputs[0] ?? []).map((_, output) => ({
    points: steps
      .map((step) => `${short(step / Math.max(1, length))},${short((range[1] - outputs[step]![output]!) / height)}`)
      .join(' '),
  }));
}
