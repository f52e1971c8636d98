import type { Pace } from '../pace/pace.ts';
import type { TrainingSet } from '../standardised/weighted.ts';
import { type Clusters, lloyd } from './lloyd.ts';

/** One more centre is worth it where it leaves less than this share of the inertia that it would leave of an even cloud. */
const WORTH = 0.85;
/** So many in a row that are not worth it are the end. */
const PATIENCE = 3;
/** So many rows a centre. */
const ROWS = 5;

/**
 * As many centres as the rows have states: the largest number whose last centre was worth it.
 *
 * @see Pham, Dimov and Nguyen, Selection of K in K-means clustering (2005)
 */
export function chooseCount(
  set: TrainingSet,
  choices: { most: number; restarts: number; seed: number },
  pace: Pace,
): Clusters {
  const most = Math.max(1, Math.min(choices.most, Math.floor(set.rows / ROWS)));
  let last = lloyd(set, { ...choices, count: 1 }, pace);
  let best = last;
  let even = 1 - 3 / (4 * set.width);
  for (let count = 2; count <= most && last.inertia > 0; count++) {
    const next = lloyd(set, { ...choices, count }, pace);
    if (next.inertia < WORTH * even * last.inertia) best = next;
    else if (count - best.count >= PATIENCE) break;
    last = next;
    even += (1 - even) / 6;
    if (!pace.after(0, 0, () => '')) break;
  }
  return best;
}
