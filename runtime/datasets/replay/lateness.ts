import { gauge } from '../../base/index.ts';
import type { ReplayState } from '../types.ts';

/** The newest so many messages. */
const KEPT = 1024;

const p50 = gauge('millrace_replay_lateness_p50_ms', 'How late messages of a replay in real time are, median, ms');
const p99 = gauge('millrace_replay_lateness_p99_ms', 'How late messages of a replay in real time are, p99, ms');

/** How late messages were, over the newest thousand. */
export function createLateness() {
  const ring = new Float64Array(KEPT);
  let count = 0;
  let max = 0;
  return {
    /** @param late ms; negative: early */
    note(late: number): void {
      ring[count++ % KEPT] = late;
      if (late > max) max = late;
    },
    reset(): void {
      count = 0;
      max = 0;
    },
    summary(): ReplayState['lateness'] {
      const sorted = ring.slice(0, Math.min(count, KEPT)).sort();
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      const summary = { p50: at(0.5), p99: at(0.99), max };
      p50.set(summary.p50);
      p99.set(summary.p99);
      return summary;
    },
  };
}
