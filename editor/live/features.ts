import type { DriftKind, FeatureDrift } from '../../runtime/messages/index.ts';

/** How far a feature is on its way to the alarm: 1 is the threshold. */
export const ratio = ({ value, threshold }: FeatureDrift): number =>
  threshold > 0 ? value / threshold : value > 0 ? Infinity : 0;

/** Features change places only when one is clearly ahead, so that a reader can follow a row. */
const CLEARLY = 0.1;

/** A feature of a question: an answer may be called as a feature is. */
export const featureKey = ({
  name,
  kind = 'data',
}: {
  readonly name: string;
  readonly kind?: DriftKind | undefined;
}) => (kind === 'data' ? name : `${kind} ${name}`);

/**
 * Drifting features first, then those nearest to their threshold.
 *
 * @param previous their keys in the order in which they were last shown
 */
export function orderFeatures<T extends FeatureDrift & { readonly kind?: DriftKind | undefined }>(
  features: readonly T[],
  previous: readonly string[],
): T[] {
  const place = new Map(previous.map((key, index) => [key, index]));
  const placeOf = (feature: T) => place.get(featureKey(feature));
  const known = features.filter((feature) => placeOf(feature) !== undefined);
  known.sort((a, b) => (placeOf(a) ?? 0) - (placeOf(b) ?? 0));
  const ordered = known;
  // Features that are new to the list, as all are at first, take the place that their ratio gives them.
  const added = features.filter((feature) => placeOf(feature) === undefined).sort((a, b) => ratio(b) - ratio(a));
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
