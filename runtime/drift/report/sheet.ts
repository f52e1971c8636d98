import type { DriftHistory, DriftKind, DriftPicture, DriftSheet, DriftSpan } from '../../messages/index.ts';
import { courseWords, drawCourse } from './course.ts';
import { drawShape } from './shape.ts';
import { timesIn } from './times.ts';
import { eventWords, featureWords, performanceWords, promiseWords, reasonWords, verdictOf } from './words.ts';

const LENGTHS: Readonly<Record<Exclude<DriftSpan, 'all'>, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

/** A course of less is drawn as long as this, ms. */
const LEAST = 60_000;

/** From when on the past is looked at: the span ends with the last comparison. Undefined: from the first. */
export const beginningOf = (span: DriftSpan, { time }: Pick<DriftPicture, 'time'>): number | undefined =>
  span === 'all' ? undefined : time - LENGTHS[span];

/** The span that is drawn, ms since the epoch. */
export function reachOf(span: DriftSpan, picture: DriftPicture, past: DriftHistory): { from: number; to: number } {
  const from = beginningOf(span, picture);
  if (from !== undefined) return { from, to: picture.time };
  const known = [
    ...past.courses.flatMap(({ times }) => times.slice(0, 1)),
    ...past.events.slice(0, 1).map(({ time }) => time),
  ];
  return { from: known.reduce((a, b) => Math.min(a, b), picture.time - LEAST), to: picture.time };
}

export interface SheetOptions {
  readonly span: DriftSpan;
  readonly zone?: string | undefined;
  /** Of the course, px. */
  readonly width: number;
  /** How many features. */
  readonly shown: number;
  /** Whose course. Default: the first. */
  readonly feature?: string | undefined;
  readonly kind?: DriftKind | undefined;
}

const EVENTS = 50;

/** One stream as a person looks at it. @param past at least of the span */
export function sheetOf(picture: DriftPicture, past: DriftHistory, options: SheetOptions): DriftSheet {
  const { span, zone, width, shown, feature, kind } = options;
  const times = timesIn(zone);
  const { node, name, model, time, features } = picture;
  const course =
    past.courses.find((one) => one.name === feature && (kind === undefined || one.kind === kind)) ??
    features.flatMap((each) => past.courses.filter((one) => one.name === each.name && one.kind === each.kind))[0] ??
    past.courses[0];
  const drawn = { times, ...reachOf(span, picture, past), width, events: past.events };
  return {
    ...{ node, name, time, span, ...verdictOf(picture, times), ...(model && { model }) },
    words: [...verdictOf(picture, times).words],
    features: features.slice(0, shown).map(({ shape, ...rest }) => {
      const svg = drawShape({ ...rest, shape });
      return { ...rest, words: featureWords(rest), ...(svg !== undefined && { svg }) };
    }),
    more: Math.max(0, features.length - shown),
    ...(course && {
      course: {
        ...{ name: course.name, kind: course.kind },
        ...{ svg: drawCourse(course, drawn), words: courseWords(course, drawn) },
      },
    }),
    events: [...past.events]
      .sort((a, b) => b.time - a.time)
      .slice(0, EVENTS)
      .map((event) => ({
        ...{ time: event.time, when: times.since(event.time, time), kind: event.payload.kind },
        ...{ state: event.payload.state, words: eventWords(event) },
      })),
    promise: promiseWords(picture),
    performance: performanceWords(picture),
    leftOut: picture.leftOut.map(({ name: own, reason }) => ({ name: own, reason: reasonWords(reason) })),
    counts: picture.counts.filter(({ count }) => count > 0),
  };
}
