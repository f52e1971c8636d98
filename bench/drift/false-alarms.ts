/** How often a drift begins where none is: ours, against what was asked for and promised, and the textbook's. */
import { createMonitor } from '../../runtime/drift/index.ts';
import { FEATURES, NAMES, type StreamKind, take } from './streams.ts';
import { TEXTBOOK, textbook } from './textbook.ts';

export interface FalseAlarms {
  readonly stream: string;
  readonly rows: number;
  readonly windows: number;
  /** Starts of drift in 1,000 windows; the promise as the same. */
  readonly measured: number;
  readonly promised: number;
  /** Of the textbook's thresholds, by name: share of the windows in alarm. */
  readonly textbook: Readonly<Record<string, number>>;
}

const WISH = 1000;
const WINDOWS = 100;

/** @param compared whether the textbook's thresholds look at the same windows */
export function falseAlarms(kind: StreamKind, rows: number, references: number, compared: boolean): FalseAlarms {
  let starts = 0;
  let promised = 0;
  const others = TEXTBOOK.map(() => 0);
  const row = new Float64Array(FEATURES);
  const { window } = kind;
  for (let seed = 0; seed < references; seed++) {
    const next = kind.start(7919 * (seed + 1) + rows);
    const reference = take(rows, next);
    const falseAlarm = { windows: WISH };
    const monitor = createMonitor({
      reference: { names: NAMES, rows: reference },
      window,
      falseAlarms: falseAlarm,
      extend: false,
    });
    promised += 1 / (monitor.picture().promise?.promised ?? NaN);
    const judge = compared ? textbook(reference) : undefined;
    const held = Array.from({ length: FEATURES }, () => new Float64Array(window));
    // The first window is filled before it can be compared.
    for (let i = 0; i < (WINDOWS + 1) * window; i++) {
      next(row);
      if (monitor.observe(row, 1000 * i)?.event?.state === 'start') starts++;
      if (!judge) continue;
      for (let f = 0; f < FEATURES; f++) (held[f] as Float64Array)[i % window] = row[f] as number;
      if ((i + 1) % window > 0) continue;
      const now = judge(held.map((values) => values.slice().sort()));
      if (i >= window) for (const [at, is] of now.entries()) if (is) others[at] = (others[at] as number) + 1;
    }
  }
  const windows = references * WINDOWS;
  const per = (count: number) => (1000 * count) / windows;
  return {
    ...{ stream: kind.name, rows, windows, measured: per(starts), promised: (1000 * promised) / references },
    textbook: compared ? Object.fromEntries(TEXTBOOK.map((name, at) => [name, (others[at] as number) / windows])) : {},
  };
}
