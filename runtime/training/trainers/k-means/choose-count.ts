import type { Pace } from '../pace/pace.ts';
import type { TrainingSet } from '../standardised/weighted.ts';
import { type Clusters, lloyd } from './lloyd.ts';

/** One more centre is worth it where it lowers the squared distances by this share. */
const WORTH = 0.1;
/** So many rows a centre. */
const ROWS = 5;

/** As many centres as are worth it, by the elbow of the inertia: the smallest number after which one more gains under a tenth. */
export function chooseCount(
  set: TrainingSet,
  choices: { most: number; restarts: number; seed: number },
  pace: Pace,
): Clusters {
  const most = Math.max(1, Math.min(choices.most, Math.floor(set.rows / ROWS)));
  let best = lloyd(set, { ...choices, count: 1 }, pace);
  for (let count = 2; count <= most && best.inertia > 0; count++) {
    const next = lloyd(set, { ...choices, count }, pace);
    if (!(next.inertia <= (1 - WORTH) * best.inertia)) break;
    best = next;
    if (!pace.after(0, 0, () => '')) break;
  }
  return best;
}
