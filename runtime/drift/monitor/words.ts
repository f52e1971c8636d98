import { grouped } from '../../base/index.ts';
import { ALL_TOGETHER, type FeatureDrift } from '../../messages/index.ts';
import type { CalibratedFeature } from '../calibration/feature.ts';
import { categoryShares } from '../calibration/shape.ts';

/** Three digits: what a person can compare. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e6 || size < 1e-3) ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}
const percent = (share: number) => `${share > 0 && share < 0.01 ? short(100 * share) : Math.round(100 * share)} %`;
const plain = (name: string) => name.replaceAll('_', ' ');

/** In the largest unit of which there is one. */
export function lasting(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ] as const;
  const [name, length] = units.find((unit) => ms >= unit[1]) ?? ['second', 1000];
  const count = Math.max(1, Math.round(ms / length));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** What moved, and by how much: "temperature is 9.8 higher (3.1 standard deviations)". */
export function sentence(
  feature: CalibratedFeature,
  drift: Omit<FeatureDrift, 'words'>,
  current: Float64Array,
): string {
  if (drift.name === ALL_TOGETHER) return 'the features no longer go together as in the reference';
  return `${plain(drift.name)} ${what(feature, drift, current)}`;
}

const sure = (oneIn: number | undefined): string =>
  oneIn === undefined ? '' : `; of ${grouped(Math.round(oneIn))} healthy windows, about one lies as far out`;

function what(
  feature: CalibratedFeature,
  { statistic, value, moved }: Omit<FeatureDrift, 'words'>,
  current: Float64Array,
): string {
  if (statistic === 'missing values') return `has no value in ${percent(value)} of the rows`;
  if (feature.kind === 'constant')
    return `was always ${short(feature.middle)} and is something else in ${percent(value)} of the rows`;
  if (feature.kind === 'category') return categoryWords(feature, current);
  const { deviations = 0, from = 0, to = 0 } = moved ?? {};
  if (Math.abs(deviations) >= 0.5) {
    const by = `${short(Math.abs(to - from))} ${to > from ? 'higher' : 'lower'}`;
    return `is ${by} (${short(Math.abs(deviations))} standard deviations)`;
  }
  const ratio = spreadOf(current) / feature.spread;
  if (ratio > 1.2) return `varies ${short(ratio)} times as much as usual`;
  if (ratio < 1 / 1.2) return `varies only ${percent(ratio)} of what is usual`;
  return 'has another distribution';
}

function categoryWords(
  { categories = [], shares = new Float64Array(0) }: CalibratedFeature,
  current: Float64Array,
): string {
  const found = categoryShares(current, categories.length);
  let most = 0;
  for (let i = 0; i < found.length; i++) {
    if (
      Math.abs((found[i] as number) - (shares[i] as number)) >
      Math.abs((found[most] as number) - (shares[most] as number))
    )
      most = i;
  }
  const name = categories[most];
  const seen = percent(found[most] as number);
  return name === undefined
    ? `is in ${seen} of the rows something never seen before`
    : `is "${name}" in ${seen} of the rows instead of ${percent(shares[most] as number)}`;
}

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Of an event: what has happened, for a person. */
export function eventWords(
  state: 'start' | 'change' | 'end',
  drifting: readonly FeatureDrift[],
  watched: number,
  lasted: number,
): string {
  if (state === 'end') return `all is as it was again, after ${lasting(lasted)}`;
  const shown = drifting.slice(0, NAMED).map(({ words, name }) => words ?? plain(name));
  const more = drifting.length > NAMED ? `, and ${drifting.length - NAMED} more` : '';
  const count = drifting.length > 1 ? `${drifting.length} of ${watched} have moved: ` : '';
  const [first] = drifting;
  // How long and how sure is much the same of each: it is said once.
  return `${count}${shown.join(', ')}${more}, for ${lasting(lasted)}${sure(first?.oneIn)}`;
}

/** Features that an event names. */
const NAMED = 3;
