import { counter } from '../../base/index.ts';
import type { WindowCounts } from './settings.ts';

const leftOut = counter('millrace_window_samples_left_out_total', 'Samples that no window took, by reason');
const dropped = counter(
  'millrace_window_dropped_total',
  'Windows that were not sent: a gap lay in them, or hardly a sample',
);

/** What has been taken and left out, in all and in a row. */
export interface Tally {
  readonly counts: { -readonly [K in keyof WindowCounts]: number };
  /** Since a sample was last taken. */
  readonly inRow: { incomplete: number; late: number };
  leaveOut(reason: 'incomplete' | 'late' | 'untimed'): void;
  drop(windows?: number): void;
  /** A sample was taken: what is left out next begins a new row. */
  taken(): void;
}

export function createTally(): Tally {
  const counts = { taken: 0, incomplete: 0, late: 0, untimed: 0, reordered: 0, restarts: 0, dropped: 0, ignored: 0 };
  const inRow = { incomplete: 0, late: 0 };
  return {
    counts,
    inRow,
    leaveOut(reason) {
      counts[reason]++;
      if (reason !== 'untimed') inRow[reason]++;
      leftOut.add(1, { reason });
    },
    drop(windows = 1) {
      if (windows <= 0) return;
      counts.dropped += windows;
      dropped.add(windows);
    },
    taken() {
      counts.taken++;
      inRow.incomplete = inRow.late = 0;
    },
  };
}
