import { driftHistory, driftPicture } from '../../../../runtime/messages/index.ts';

/** 14:00 in UTC. */
export const NOON = Date.UTC(2026, 10, 21, 14);
export const HOUR = 3_600_000;

const edges = Array.from({ length: 11 }, (_, i) => 15 + i * 2);
const bell = (middle: number) => {
  const shares = edges.slice(1).map((edge) => Math.exp(-((edge - middle) ** 2) / 8));
  const sum = shares.reduce((a, b) => a + b);
  return shares.map((share) => share / sum);
};
const shape = { of: 'number' as const, edges, reference: bell(21), current: bell(31) };

export const temperature = {
  ...{ name: 'mean_temperature', kind: 'data' as const, statistic: 'wasserstein', value: 3.1, threshold: 1 },
  ...{ drifting: true, since: NOON - 2 * HOUR, oneIn: 40_000, shape },
  moved: { from: 21, to: 30.8, deviations: 3.1 },
};
export const pressure = {
  ...{ name: 'pressure', kind: 'data' as const, statistic: 'wasserstein', value: 0.2, threshold: 1, drifting: false },
  shape: { ...shape, current: shape.reference },
};
export const label = {
  ...{ name: 'label', kind: 'prediction' as const, statistic: 'chi-square', value: 0.4, threshold: 1, drifting: false },
  shape: {
    of: 'category' as const,
    categories: ['healthy', 'worn', 'blocked', 'a', 'b', 'c'],
    reference: [0.8, 0.1, 0.04, 0.03, 0.02, 0.01],
    current: [0.4, 0.5, 0.04, 0.03, 0.02, 0.01],
  },
};
export const stuck = {
  ...{ name: 'flow', kind: 'fault' as const, statistic: 'stuck', value: 40, threshold: 10, drifting: true },
  ...{ since: NOON - 60_000, words: 'flow has been 21.5 for 40 s' },
};

export const picture = driftPicture.parse({
  ...{ format: 1, node: 'n1', name: 'pump', model: { name: 'pump-health', version: '1.0.0', digest: 'a'.repeat(64) } },
  ...{ time: NOON, state: 'drifting', since: NOON - 2 * HOUR, samples: 100, window: 100 },
  features: [temperature, label, pressure],
  promise: {
    ...{ wished: 40_000, promised: 1300, words: 'one false alarm a day (asked for: one a month)' },
    reference: { rows: 2000, needed: 40_000 },
  },
  leftOut: [{ name: 'serial', reason: 'constant' }],
  counts: [
    { what: 'missing values', count: 31 },
    { what: 'infinite values', count: 0 },
  ],
  performance: { reference: 0.964, measured: 0.91, truths: 212, estimated: 0.88 },
});

export const times = Array.from({ length: 200 }, (_, i) => NOON - 10 * HOUR + (i * 10 * HOUR) / 199);
export const course = {
  ...{ name: 'mean_temperature', kind: 'data' as const, statistic: 'wasserstein', times },
  values: times.map((time) => (time < NOON - 2 * HOUR ? 0.3 : 3)),
  thresholds: times.map(() => 1),
};
export const event = (time: number, state: 'start' | 'change' | 'end', features = [temperature]) => ({
  time,
  payload: {
    kind: 'data' as const,
    state,
    since: time,
    features: features.map(({ shape: _, ...one }) => one),
    samples: 100,
  },
});
export const past = driftHistory.parse({
  ...{ node: 'n1', from: NOON - 10 * HOUR, to: NOON, courses: [course, { ...course, name: 'pressure' }] },
  events: [event(NOON - 9 * HOUR, 'start'), event(NOON - 8 * HOUR, 'end'), event(NOON - 2 * HOUR, 'start')],
});
