import type { FeatureDrift } from '../../runtime/messages/index.ts';

/** How far a feature is on its way to the alarm: 1 is the threshold. */
export const ratio = ({ value, threshold }: FeatureDrift): number =>
  threshold > 0 ? value / threshold : value > 0 ? Infinity : 0;

/** Features change places only when one is clearly ahead, so that a reader can follow a row. */
const CLEARLY = 0.1;

/**
 * Drifting features first, then those nearest to their threshold.
 *
 * @param previous names in the order in which they were last shown
 */
export function orderFeatures(features: readonly FeatureDrift[], previous: readonly string[]): FeatureDrift[] {
  const place = new Map(previous.map((name, index) => [name, index]));
  const known = features.filter(({ name }) => place.has(name));
  known.sort((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
  const ordered = known;
  // Features that are new to the list, as all are at first, take the place that their ratio gives them.
  const added = features.filter(({ name }) => !place.has(name)).sort((a, b) => ratio(b) - ratio(a));
  ordered.push(...added);
  for (let i = 1; i < ordered.length; i++) {
    for (let j = i; j > 0; j--) {
      const [ahead, behind] = [ordered[j - 1], ordered[j]];
      if (!ahead || !behind || !overtakes(behind, ahead)) break;
      ordered[j - 1] = behind;
      ordered[j] = ahead;
    }
  }
  return ordered;
}

const overtakes = (behind: FeatureDrift, ahead: FeatureDrift) =>
  behind.drifting === ahead.drifting ? ratio(behind) > ratio(ahead) + CLEARLY : behind.drifting;

/** Where the bar of a feature ends, as a share of the row: the threshold stands at one half, four times it at the end. */
export function barLength(feature: FeatureDrift): number {
  const r = ratio(feature);
  if (r <= 1) return r / 2;
  return Math.min(1, 0.5 + Math.log2(Math.min(r, 4)) / 4);
}
