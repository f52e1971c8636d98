/** What the sidebar says, in one place. Strings that belong to one node stand in that node's locale.json. */
import { ALL_TOGETHER } from '../../runtime/messages/index.ts';
import type { DriftView, OutboxView, ProblemView } from '../../runtime/messages/index.ts';
import { ratio } from '../live/features.ts';
import { count, duration, percent } from './numbers.ts';

export const WORDS = {
  title: 'Millrace',
  empty: 'Nothing is running yet',
  emptyHint:
    'Drag a node from the palette’s “sensors” category onto the canvas, wire it on, and press Deploy. What it measures appears here.',
  connecting: 'Connecting…',
  offline: 'Offline: what you see is the last that arrived. Trying again by itself…',
  refused: 'The live views were refused',
  problems: 'Problems',
  show: 'Show this node on the canvas',
  more: (hidden: number) => `${hidden} more without drift`,
  fewer: 'show fewer',
  unwatched: (features: readonly string[]) => `not watched: ${features.join(', ')}`,
  last: (ms: number) => `last ${duration(ms)}`,
  silent: (ms: number) => `silent for ${duration(ms)}`,
  times: (times: number) => `${count(times)} times`,
  threshold: 'threshold',
  standard: 'built-in default',
  edit: (type: string) => `Edit the chosen ${type}`,
  create: (type: string) => `Add a ${type}`,
  add: 'Add a row',
  remove: 'Remove',
  up: 'Move up',
  down: 'Move down',
  row: (index: number) => `row ${index + 1}`,
  outputs: (outputs: number) => `${count(outputs)} outputs`,
  ofBatch: (rows: number) => `the last of ${count(rows)} in one message`,
  tooFast: (dropped: number) => `${count(dropped)} messages dropped: they come faster than they are answered`,
  why: 'Why this answer?',
  whyNot: 'Hide why',
  noAnswer: 'Nothing was predicted since it was deployed.',
  candidate: 'Candidate',
  agreement: (agreed: number, compared: number) =>
    `agrees in ${percent(agreed / Math.max(1, compared))} of ${count(compared)}`,
  surer: (candidate: string, production: string) => `${candidate} sure, in use ${production}`,
  slower: (candidate: string, production: string) => `${candidate} each, in use ${production}`,
  apart: (difference: string) => `${difference} apart on the average`,
  failedAt: (failed: number) => `failed at ${count(failed)}`,
  actions: 'Actions',
  noRows: 'None yet.',
} as const;

/** What became of values, as `counts` of a readings view names it. */
const COUNTED: Readonly<Record<string, string>> = {
  taken: 'taken',
  sent: 'sent on',
  held: 'waiting',
  incomplete: 'without a channel or number',
  late: 'too late',
  untimed: 'without a time',
  refused: 'not possible to filter',
  reordered: 'put back in order',
  restarts: 'new starts',
  dropped: 'windows dropped for a gap',
  ignored: 'triggers ignored',
  invalid: 'not a number',
  range: 'out of range',
  outliers: 'outliers',
  duplicates: 'repeats',
  deadband: 'hardly changed',
  aggregate: 'summarised',
  compress: 'on the line between others',
};
export const counted = (what: string): string => COUNTED[what] ?? plain(what);

/** A feature's or label's name as people write it: `rms x`, `8–12 Hz x`. */
export const plain = (name: string): string =>
  name
    .replace(/^band_([\d.]+)_([\d.]+)(?=_)/, '$1–$2 Hz')
    .replace(/[_-]+/g, ' ')
    .trim();

/** The drift view in one sentence: `no drift`, `temperature drifts`. */
export function driftWords({ state, features, samples, window }: DriftView): string {
  if (state === 'learning') return `learning: ${count(Math.min(samples, window))} of ${count(window)} rows`;
  const most = features
    .filter(({ drifting: drifts, kind }) => drifts && kind !== 'fault')
    .sort((a, b) => ratio(b) - ratio(a));
  // What all say together is said of no feature: it is named where none is.
  const single = most.filter(({ name }) => name !== ALL_TOGETHER);
  if (single.length === 1 && single[0]?.words !== undefined) return single[0].words;
  const drifting = (single.length > 0 ? single : most).map(({ name }) => plain(name));
  const [first, second] = drifting;
  if (state === 'calm' || first === undefined) return state === 'calm' ? 'no drift' : 'drift';
  if (second === undefined) return `${first} drifts`;
  if (drifting.length === 2) return `${first} and ${second} drift`;
  return `${first} and ${drifting.length - 1} more drift`;
}

/** `all delivered`, `12 waiting, the oldest for 3 s`, `paused: 12 waiting`, `12 waiting for the schedule`. */
export function outboxWords({ depth, oldestMs, connected, paused, holding }: OutboxView): string {
  const waiting = `${count(depth)} waiting`;
  if (paused) return depth > 0 ? `paused: ${waiting}` : 'paused';
  if (depth === 0) return connected ? 'all delivered' : 'nothing waits';
  if (holding) return `${waiting} for ${HOLDING[holding.reason]}`;
  return oldestMs >= 1000 ? `${waiting}, the oldest for ${duration(oldestMs)}` : waiting;
}

const HOLDING: Readonly<Record<NonNullable<OutboxView['holding']>['reason'], string>> = {
  batch: 'a full batch',
  schedule: 'the schedule',
  budget: 'the next hour: this one’s budget is used up',
  bandwidth: 'the line, as wide as was allowed',
};

export const problemTimes = ({ count: times }: ProblemView): string => (times > 1 ? WORDS.times(times) : '');

/** States of a virtual world that need no attention. */
const WELL = new Set(['good', 'open', 'normal', 'ok', 'right', 'none']);
export const isWell = (state: string): boolean => WELL.has(state);

/** `temperatureSensor` → `temperature sensor` */
export const worldPart = (name: string): string => plain(name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
