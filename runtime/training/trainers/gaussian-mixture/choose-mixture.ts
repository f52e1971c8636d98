import type { Pace } from '../pace/pace.ts';
import { type TrainingSet, weightOf } from '../standardised/weighted.ts';
import { fitMixture, type Mixture, type MixtureChoices } from './expectation-maximisation.ts';

/** So many counts in a row without a better one are the end. */
const PATIENCE = 2;

/**
 * The mixture with the lowest Bayesian information criterion, −2 log L + parameters · log rows.
 *
 * @see Schwarz, Estimating the dimension of a model (1978)
 */
export function chooseMixture(
  set: TrainingSet,
  { least, most, ...choices }: Omit<MixtureChoices, 'count'> & { least: number; most: number },
  pace: Pace,
): Mixture {
  const { width, rows } = set;
  const total = weightOf(set);
  let best: Mixture | undefined;
  let lowest = Infinity;
  let worse = 0;
  for (let count = Math.min(least, rows); count <= Math.min(most, rows) && worse < PATIENCE; count++) {
    const mixture = fitMixture(set, { ...choices, count }, pace);
    const parameters = count * (1 + width + (width * (width + 1)) / 2) - 1;
    const criterion = mixture ? -2 * total * mixture.likelihood + parameters * Math.log(total) : Infinity;
    if (mixture && (!best || criterion < lowest)) {
      [best, lowest, worse] = [mixture, criterion, 0];
    } else {
      worse++;
    }
    if (best && !pace.after(0, 0, () => '')) break;
  }
  // One cloud can always be fitted.
  return best ?? (fitMixture(set, { ...choices, count: 1 }, pace) as Mixture);
}
