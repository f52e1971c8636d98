/** What a person reads of drift: in the sidebar, on the command line and in the printed report. */
import {
  ALL_TOGETHER,
  type DriftEvent,
  type DriftFeature,
  type DriftKind,
  type DriftPicture,
  type FeatureDrift,
} from '../../messages/index.ts';
import { amount, count, figure, lasting, percent, plain } from './format.ts';
import type { Times } from './times.ts';

export const KIND_WORDS: Readonly<Record<DriftKind, string>> = {
  data: 'data',
  prediction: 'answers',
  performance: 'how right the answers are',
  fault: 'sensor',
};

const REASONS: Readonly<Record<string, string>> = {
  constant: 'it never changes in the reference',
  'too few numbers': 'there are too few numbers in the reference',
  'statistic saturates': 'healthy windows lie as far out already as this statistic can tell',
};
export const reasonWords = (reason: string): string => REASONS[reason] ?? reason;

/** How many times its threshold: 1 is the alarm. */
export const timesOver = ({ value, threshold }: Pick<FeatureDrift, 'value' | 'threshold'>): number =>
  threshold > 0 ? value / threshold : value > 0 ? Infinity : 0;

/** Those that drift first, of these the ones that say what moved, then the furthest out. */
export const ordered = <T extends FeatureDrift>(features: readonly T[]): T[] =>
  features.toSorted((a, b) => rank(b) - rank(a) || far(b) - far(a));
const rank = ({ drifting, name }: FeatureDrift) => (drifting ? (name === ALL_TOGETHER ? 1 : 2) : 0);
const far = (feature: FeatureDrift) => Math.min(Number.MAX_VALUE, timesOver(feature) || 0);

/** `3.1×` */
export function overWords(feature: Pick<FeatureDrift, 'value' | 'threshold'>): string {
  const over = timesOver(feature);
  return Number.isFinite(over) ? `${over.toFixed(over < 10 ? 1 : 0)}×` : '–';
}

/** One sentence of one feature, without a full stop: what it says of itself, or else by how much it has moved. */
export function featureWords(feature: FeatureDrift & { readonly kind?: DriftKind | undefined }): string {
  const { name, kind, statistic, drifting, moved, words } = feature;
  if (words !== undefined && words !== '') return words;
  if (kind === 'fault') return name === '' ? `the stream: ${statistic}` : `${plain(name)}: ${statistic}`;
  if (!drifting) return `${plain(name)} is as usual`;
  if (!moved) return `${plain(name)} differs from the reference, ${overWords(feature)} its threshold`;
  const by = moved.to - moved.from;
  const far = `${figure(Math.abs(moved.deviations))} standard deviations`;
  // Its middle may be where it was, and its spread another.
  if (Math.abs(moved.deviations) < 0.1)
    return `${plain(name)} is as high as ever, but its values are spread differently`;
  return `${plain(name)} is ${figure(Math.abs(by))} ${by < 0 ? 'lower' : 'higher'} (${far})`;
}

/** How sure: how seldom healthy data lie as far out. */
export function sureWords({ oneIn }: FeatureDrift): string | undefined {
  if (oneIn === undefined || !(oneIn > 1)) return undefined;
  return `In healthy data at most one window in ${count(oneIn)} lies this far out.`;
}

export interface Verdict {
  readonly look: 'learning' | 'calm' | 'drifting' | 'fault';
  /** Read first. */
  readonly headline: string;
  readonly words: readonly string[];
}

/** Features that are named after the first one. */
const NAMED = 4;

/** What is the matter: which feature moved, by how much, since when, and how sure that is. */
export function verdictOf(picture: DriftPicture, times: Times, now = picture.time): Verdict {
  const { state, features, samples, window, since } = picture;
  const drifting = features.filter((feature) => feature.drifting && feature.kind !== 'fault');
  const faults = features.filter((feature) => feature.drifting && feature.kind === 'fault');
  // A fault that has words of its own says in them how long it lasts.
  const broken = faults.map((fault) =>
    sentence(`${featureWords(fault)}${fault.words === undefined ? sinceWords(fault, times, now) : ''}`),
  );
  const [first, ...others] = drifting;
  if (first) {
    const sure = sureWords(first);
    return {
      look: 'drifting',
      headline: sentence(`${featureWords(first)}${sinceWords({ since: first.since ?? since }, times, now)}`),
      words: [...(sure === undefined ? [] : [sure]), ...othersWords(others), ...broken],
    };
  }
  const [fault, ...further] = broken;
  if (fault !== undefined) {
    const told = 'This is a broken sensor or line, not drift: its values are left out of the comparison.';
    return { look: 'fault', headline: fault, words: [told, ...further] };
  }
  if (state === 'learning') {
    const rest = 'Until then nothing is compared. What it sees now should be what is normal.';
    const [have, need] = [Math.min(samples, window), window];
    return {
      look: 'learning',
      headline: `Learning what is normal: ${count(have)} of ${amount(need, 'row')}.`,
      words: [rest],
    };
  }
  if (state === 'drifting')
    return { look: 'drifting', headline: `Drift${sinceWords({ since }, times, now)}.`, words: [] };
  const watched = features.filter(({ kind }) => kind !== 'fault').length;
  const all = watched === 1 ? 'What is watched looks' : `All ${count(watched)} features look`;
  return {
    look: 'calm',
    headline: 'No drift.',
    words: watched === 0 ? [] : [`${all} as in the reference${sinceWords({ since }, times, now)}.`],
  };
}

function othersWords(others: readonly DriftFeature[]): string[] {
  if (others.length === 0) return [];
  const names = others.slice(0, NAMED).map(({ name }) => plain(name));
  const rest = others.length - names.length;
  if (rest > 0) return [`${names.join(', ')} and ${rest} more have moved, too.`];
  const [last] = names.splice(-1);
  return [
    sentence(
      `${names.length > 0 ? `${names.join(', ')} and ` : ''}${last ?? ''} ${others.length === 1 ? 'has' : 'have'} moved, too`,
    ),
  ];
}

/** `, since 14:05 (2 h)` */
function sinceWords({ since }: { readonly since?: number | undefined }, times: Times, now: number): string {
  if (since === undefined || !(since > 0)) return '';
  return `, since ${times.since(since, now)}${now - since >= 1000 ? ` (${lasting(now - since)})` : ''}`;
}

/** Its first letter large, with a full stop. */
const sentence = (words: string) =>
  words === '' ? '' : `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;

/** What may be relied on. */
export function promiseWords({ promise }: DriftPicture): string[] {
  if (!promise) return [];
  const { words, reference, wished, promised } = promise;
  const short = reference && reference.rows < reference.needed && (wished === undefined || promised < wished);
  const rows = reference && `The reference has ${amount(reference.rows, 'row')}`;
  return [
    sentence(words),
    ...(rows === undefined
      ? []
      : [short ? `${rows} and needs ${count(reference.needed)} for what was asked.` : `${rows}.`]),
  ];
}

/** How right the model is, where that is known. */
export function performanceWords({ performance }: Pick<DriftPicture, 'performance'>): string[] {
  if (!performance) return [];
  const { reference, measured, truths, estimated } = performance;
  const said: string[] = [];
  if (measured !== undefined)
    said.push(`${percent(measured)} right of the newest ${amount(truths, 'answer')} whose truth is known.`);
  if (estimated !== undefined)
    said.push(`${percent(estimated)} right by its own confidence: an estimate, made without true labels.`);
  if (reference !== undefined) said.push(`${percent(reference)} right when it was tested after its training.`);
  return said;
}

/** What has happened, in a sentence. */
export function eventWords({ payload }: DriftEvent): string {
  const { kind, state, features, words } = payload;
  if (words !== undefined && words !== '') return words;
  const drifting = features.filter((feature) => feature.drifting);
  const [first] = drifting.sort((a, b) => timesOver(b) - timesOver(a));
  if (state === 'end') return kind === 'fault' ? 'The fault is over.' : 'All is as before.';
  if (!first) return `Drift of the ${KIND_WORDS[kind]}.`;
  const rest = drifting.length - 1;
  const more = rest === 0 ? '' : `; ${rest} more ${rest === 1 ? 'has' : 'have'} moved, too`;
  return sentence(`${featureWords({ ...first, kind })}${more}`);
}

export const EVENT_WORDS = { start: 'began', change: 'spread', end: 'ended' } as const;
