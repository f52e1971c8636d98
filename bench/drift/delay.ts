/** How long it takes until a change of one feature is found, and how often it is. */
import { createMonitor, type Monitor } from '../../runtime/drift/index.ts';
import { median } from '../support/report.ts';
import { FEATURES, NAMES, type StreamKind, take } from './streams.ts';

export interface Change {
  readonly name: string;
  /** The value of the feature, so many windows after the change began. */
  readonly change: (value: number, windows: number, held: number) => number;
}

export const CHANGES: readonly Change[] = [
  ...[0.25, 0.5, 1, 2, 3].map((shift) => ({ name: `shift ${shift}σ`, change: (value: number) => value + shift })),
  ...[0.5, 1.5, 2, 3].map((scale) => ({ name: `scale ×${scale}`, change: (value: number) => scale * value })),
  { name: 'stuck', change: (_value, _windows, held) => held },
  { name: 'ramp 1σ in 10 windows', change: (value, windows) => value + windows / 10 },
  { name: 'ramp 1σ in 50 windows', change: (value, windows) => value + windows / 50 },
];

export interface Delay {
  readonly stream: string;
  readonly change: string;
  /** Windows from the change to the start of drift: half of them are found by then. */
  readonly median: number;
  /** Share found within 20 windows; of ramps within 100. */
  readonly power: number;
}

const TRIALS = 8;

export function delays(kind: StreamKind, rows: number, references: number, changes = CHANGES): Delay[] {
  const found = changes.map((): number[] => []);
  for (let seed = 0; seed < references; seed++) {
    const next = kind.start(104_729 * (seed + 1));
    const reference = { names: NAMES, rows: take(rows, next) };
    const monitor = createMonitor({ reference, window: kind.window, falseAlarms: { windows: 1000 }, extend: false });
    const stream = createStream(monitor, next, kind.window);
    for (const [at, change] of changes.entries()) {
      const trials = change.name.startsWith('ramp') ? 2 : TRIALS;
      for (let trial = 0; trial < trials; trial++)
        found[at]?.push(stream.until((trial + seed) % FEATURES, trial / trials, change));
    }
  }
  return changes.map(({ name }, at) => {
    const all = found[at] ?? [];
    return {
      stream: kind.name,
      change: name,
      median: median(all),
      power: all.filter(Number.isFinite).length / all.length,
    };
  });
}

function createStream(monitor: Monitor, next: (row: Float64Array) => void, window: number) {
  const row = new Float64Array(FEATURES);
  let time = 0;
  const step = (change?: (row: Float64Array) => void) => {
    next(row);
    change?.(row);
    return monitor.observe(row, 1000 * time++)?.event?.state === 'start';
  };
  return {
    /** @returns windows from the change to the start of drift; infinite where it was not found */
    until(feature: number, phase: number, { name, change }: Change): number {
      // Calm again for two windows, and a part of one: evaluations must not begin with the change.
      for (let calm = 0; calm < 2 * window;) {
        step();
        calm = monitor.summary.state === 'calm' ? calm + 1 : 0;
      }
      for (let i = 0; i < phase * window; i++) step();
      const held = row[feature] as number;
      const most = (name.startsWith('ramp') ? 100 : 20) * window;
      for (let i = 1; i <= most; i++) {
        if (step((now) => (now[feature] = change(now[feature] as number, i / window, held)))) return i / window;
      }
      return Infinity;
    },
  };
}
