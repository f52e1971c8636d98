import type { DriftFeature, DriftPayload, PredictionPayload } from '../../messages/index.ts';
import type { DriftSummary, Observation } from '../types.ts';
import { answerOf, type Judged, judge } from './answer.ts';
import { calibratedConfidence } from './calibrated-confidence.ts';
import { createErrorCourse, type ErrorCourse, type ErrorCourseState } from './error-course.ts';
import { referenceOf } from './error-threshold.ts';
import { keepRate, noRate, type StreamRate, windowsOf } from './stream-rate.ts';
import type { PerformanceOptions, PerformanceWatch } from './types.ts';
import { createWaitingRoom, type WaitingState } from './waiting-room.ts';
import { WORDS } from './words.ts';

/** Starts a window of looks at one course, each of which is too large with probability 1: measured, see below. */
const STARTS_A_WINDOW = 1.5;
/** Courses that share the wish: measured and estimated. */
const COURSES = 2;
/** What `save` gives has grown different. */
const FORMAT = 1;
/** Held-out rows where the package does not say how many. */
const ROWS = 100;

type Name = 'accuracy' | 'absolute error' | 'estimated accuracy';

interface State {
  readonly format: typeof FORMAT;
  readonly settings: string;
  readonly courses: Partial<Record<Name, ErrorCourseState>>;
  readonly waiting: WaitingState;
  readonly rates: { readonly measured: StreamRate; readonly estimated: StreamRate };
  readonly counts: Readonly<Record<string, number>>;
  readonly drift: { readonly since: number; readonly told: readonly string[] } | null;
}

const STATISTICS: Readonly<Record<Name, string>> = {
  accuracy: 'error rate',
  'absolute error': 'mean absolute error',
  'estimated accuracy': 'estimated error rate',
};

/**
 * Watches how right a model's answers are.
 *
 * Where true labels come, the mean error of the newest answers is held against the package's held-out accuracy or the first
 * truths, by a threshold whose tail is known (see error-threshold.ts) and which allows for errors that come in clusters.
 * Without labels, the error that the calibrated confidence leads to expect is held against the same of the model's answers
 * to its own reference. Both share the wish for false alarms.
 *
 * @example
 * const watch = createPerformanceWatch({ heldOut: { accuracy: 0.95, rows: 200 } });
 * watch.predicted('a', { label: 'worn', confidence: 0.9, scores: { worn: 0.9, healthy: 0.1 } }, 0);
 * watch.truth('a', 'healthy', 1000);
 * watch.figures?.truths; // 1
 */
export function createPerformanceWatch(options: PerformanceOptions = {}): PerformanceWatch {
  const { window = 60, learn = Math.max(300, 5 * window), falseAlarms = 'month', share = 1 } = options;
  const { heldOut, confidences } = options;
  const rightOf = calibratedConfidence(options.calibration);
  const settings = JSON.stringify({ window, learn, falseAlarms, share, heldOut, calibration: options.calibration });
  const saved = stateOf(options.saved, settings);
  const waiting = createWaitingRoom(saved?.waiting);
  const rates = structuredClone(saved?.rates ?? { measured: noRate(), estimated: noRate() });
  const counts = new Map(Object.entries(saved?.counts ?? {}));
  const courses = new Map<Name, ErrorCourse>();
  let drift = saved?.drift ?? null;

  const make = (name: Name): ErrorCourse => {
    const of = name === 'absolute error' ? 'sizes' : 'shares';
    const given = name === 'accuracy' ? heldOutReference(heldOut) : name === 'estimated accuracy' && estimated();
    // An expected error is no 0 or 1: only its mean is a share.
    const kind = name === 'estimated accuracy' ? 'sizes' : of;
    const course = createErrorCourse(
      { of: kind, window, learn, ...(given && { reference: given }) },
      saved?.courses[name],
    );
    courses.set(name, course);
    return course;
  };
  const estimated = () => {
    if (!confidences || confidences.length < window) return undefined;
    return referenceOf(Array.from(confidences, (confidence) => 1 - rightOf(confidence)).filter(Number.isFinite));
  };
  for (const name of Object.keys(saved?.courses ?? {})) make(name as Name);

  const add = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const push = (name: Name, error: number, time: number): Observation | undefined => {
    const rate = name === 'estimated accuracy' ? rates.estimated : rates.measured;
    keepRate(rate, time);
    const windows = windowsOf(falseAlarms, rate, window);
    const level = Math.min(0.1, share / (COURSES * STARTS_A_WINDOW * windows));
    const course = courses.get(name) ?? make(name);
    return course.push(error, time, level) ? look(time) : undefined;
  };
  const take = (judged: Judged | undefined, time: number): Observation | undefined => {
    if (judged) return push(judged.of === 'values' ? 'absolute error' : 'accuracy', judged.error, time);
    add('truths that do not fit their answer');
    return undefined;
  };

  const featureOf = ([name, course]: [Name, ErrorCourse]): DriftFeature[] => {
    const { look: seen, reference } = course;
    if (!seen || !reference) return [];
    const { value, threshold, tail, drifting, since } = seen;
    const say = name === 'accuracy' ? WORDS.measured : name === 'absolute error' ? WORDS.sizes : WORDS.estimated;
    const oneIn = Math.max(1, Math.round(1 / Math.max(tail, 1e-9) / STARTS_A_WINDOW));
    return [
      {
        ...{ kind: 'performance', name, statistic: STATISTICS[name], value, threshold, drifting, oneIn },
        ...(drifting && { since }),
        words: say(value, reference.mean, window),
      },
    ];
  };
  const features = () => [...courses].flatMap(featureOf);

  const summaryOf = (found: readonly DriftFeature[], time: number): DriftSummary => {
    const samples = Math.min(window, Math.max(0, ...[...courses.values()].map(({ count }) => count)));
    const state = drift ? 'drifting' : found.length > 0 ? 'calm' : 'learning';
    return { state, since: drift?.since ?? time, samples, window, features: [...found] };
  };
  const look = (time: number): Observation => {
    const found = features();
    const drifting = found.filter((feature) => feature.drifting);
    const payload = (state: DriftPayload['state'], since: number): DriftPayload => {
      const words = (drifting.length > 0 ? drifting : found).flatMap((feature) => feature.words ?? []).join('; ');
      const furthest = found.toSorted((a, b) => b.value / b.threshold - a.value / a.threshold);
      return { kind: 'performance', state, since, features: furthest, samples: window, words };
    };
    if (drifting.length === 0) {
      const event = drift ? payload('end', drift.since) : undefined;
      drift = null;
      return { summary: summaryOf(found, time), ...(event && { event }) };
    }
    const names = drifting.map(({ name }) => name);
    const before = drift;
    const isNew = names.some((name) => !before?.told.includes(name));
    if (!isNew) return { summary: summaryOf(found, time) };
    const since = before?.since ?? Math.min(...drifting.map((feature) => feature.since ?? time));
    drift = { since, told: [...new Set([...(before?.told ?? []), ...names])] };
    return { summary: summaryOf(found, time), event: payload(before ? 'change' : 'start', since) };
  };

  return {
    predicted(id, prediction: PredictionPayload, time, truth) {
      const answer = answerOf(prediction);
      if (!answer) {
        add('answers that no truth can judge');
        return undefined;
      }
      const known = truth ?? (id === undefined ? undefined : waiting.answer(id, answer));
      const measured = known === undefined ? undefined : take(judge(answer, known), time);
      if (!('confidence' in answer)) return measured;
      if (!Number.isFinite(answer.confidence)) {
        add('answers without a confidence');
        return measured;
      }
      return both(measured, push('estimated accuracy', 1 - rightOf(answer.confidence), time));
    },
    truth(id, truth, time) {
      if (id === undefined) {
        add('truths without an id');
        return undefined;
      }
      const answer = waiting.truth(id, truth);
      return answer && take(judge(answer, truth), time);
    },
    get features() {
      return features();
    },
    get figures() {
      const measured = courses.get('accuracy');
      const expected = courses.get('estimated accuracy');
      if (!measured && !expected) return undefined;
      const was = heldOut?.accuracy ?? (measured?.reference && 1 - measured.reference.mean);
      return {
        ...(was !== undefined && { reference: was }),
        ...(measured && { measured: 1 - measured.mean }),
        truths: measured?.count ?? 0,
        ...(expected && { estimated: 1 - expected.mean }),
      };
    },
    get counts() {
      const forgotten = { what: 'answers or truths that waited too long', count: waiting.forgotten };
      return [...[...counts].map(([what, count]) => ({ what, count })), forgotten].filter(({ count }) => count > 0);
    },
    save: (): State => ({
      ...{ format: FORMAT, settings },
      courses: Object.fromEntries([...courses].map(([name, course]) => [name, course.save()])),
      waiting: waiting.save(),
      rates: structuredClone(rates),
      counts: Object.fromEntries(counts),
      drift,
    }),
  };
}

/** Of two looks at one answer: the later knows both, and an event of the earlier must not be lost. */
function both(one: Observation | undefined, other: Observation | undefined): Observation | undefined {
  if (!one || !other) return one ?? other;
  const event = other.event ?? one.event;
  return { summary: other.summary, ...(event && { event }) };
}

function heldOutReference(heldOut: PerformanceOptions['heldOut']) {
  if (!heldOut || !(heldOut.accuracy >= 0 && heldOut.accuracy <= 1)) return undefined;
  const mean = 1 - heldOut.accuracy;
  return { count: heldOut.rows ?? ROWS, mean, variance: mean * (1 - mean), fourth: 0 };
}

/** What was saved, if it is of the same settings: otherwise all begins anew. */
function stateOf(saved: unknown, settings: string): State | undefined {
  const given = saved as Partial<State> | null | undefined;
  return given?.format === FORMAT && given.settings === settings ? (given as State) : undefined;
}
