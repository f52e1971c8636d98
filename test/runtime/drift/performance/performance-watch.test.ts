import { describe, expect, it } from 'vitest';
import { type DriftPayload, driftPayload, type PredictionPayload } from '../../../../runtime/messages/index.ts';
import {
  createPerformanceWatch,
  type PerformanceOptions,
  type PerformanceWatch,
} from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';

const SECOND = 1000;
const answer = (label: string, confidence = 0.9): PredictionPayload => ({
  label,
  confidence,
  scores: { [label]: confidence },
});

interface Stream {
  readonly watch: PerformanceWatch;
  readonly events: DriftPayload[];
  /** So many answers of which a share is wrong; confidence as given. @returns how many it took to the first new event */
  feed(count: number, wrong: number, confidence?: number): number;
}

/** Answers whose truth comes ten answers later. */
function stream(options: PerformanceOptions, seed = 1): Stream {
  const random = seededRandom(seed);
  const watch = createPerformanceWatch(options);
  const events: DriftPayload[] = [];
  const late: [string, string][] = [];
  let count = 0;
  return {
    watch,
    events,
    feed(more, wrong, confidence = 0.95) {
      let first = Infinity;
      for (let n = 1; n <= more; n++) {
        const time = SECOND * ++count;
        const id = `m${count}`;
        const truth = random() < wrong ? 'worn' : 'healthy';
        const seen = [watch.predicted(id, answer('healthy', confidence - 0.02 * random()), time)];
        late.push([id, truth]);
        const [due] = late.length > 10 ? late.splice(0, 1) : [];
        if (due) seen.push(watch.truth(due[0], due[1], time));
        for (const event of seen.flatMap((each) => each?.event ?? [])) {
          events.push(driftPayload.parse(event));
          first = Math.min(first, n);
        }
      }
      return first;
    },
  };
}

describe('performance, with true labels', () => {
  const wish = { windows: 200 };

  it('joins truths with answers by id, whichever comes first', () => {
    const watch = createPerformanceWatch();
    watch.predicted('a', answer('x'), 0);
    watch.truth('b', 'y', 1);
    watch.truth('a', 'x', 2);
    watch.predicted('b', answer('x'), 3);
    watch.predicted(undefined, answer('x'), 4, 'x');
    expect(watch.figures).toMatchObject({ truths: 3, measured: expect.closeTo(2 / 3, 9) as number });
    expect(watch.counts).toEqual([]);
  });

  it('tells that accuracy has fallen below that of the held-out data, and when it is well again', () => {
    const { watch, events, feed } = stream({ heldOut: { accuracy: 0.95, rows: 400 }, falseAlarms: wish });
    feed(1500, 0.05);
    expect(events).toEqual([]);
    expect(feed(300, 0.5)).toBeLessThan(120);
    expect(events).toHaveLength(1);
    const [start] = events;
    expect(start).toMatchObject({ kind: 'performance', state: 'start', samples: 60 });
    expect(start?.features[0]).toMatchObject({ name: 'accuracy', statistic: 'error rate', drifting: true });
    expect(start?.since).toBeGreaterThan(1500 * SECOND);
    expect(start?.words).toMatch(/% of the newest 60 answers whose truth is known were right; it was 95 %/);
    expect(watch.figures?.reference).toBe(0.95);
    expect(watch.figures?.measured).toBeLessThan(0.7);
    feed(600, 0.03);
    expect(events.map(({ state }) => state)).toEqual(['start', 'end']);
    expect(events[1]?.since).toBe(start?.since);
  });

  it('learns what is normal from the first truths where the package does not say', () => {
    const { watch, events, feed } = stream({ falseAlarms: wish });
    feed(250, 0.1);
    expect(watch.features.filter(({ name }) => name === 'accuracy')).toEqual([]);
    feed(700, 0.1);
    expect(watch.features.map(({ name }) => name)).toContain('accuracy');
    expect(events).toEqual([]);
    expect(feed(400, 0.5)).toBeLessThan(180);
    expect(events[0]?.features[0]?.name).toBe('accuracy');
  });

  it('watches by how much numbers are off, and takes one wild value for none', () => {
    const random = seededRandom(3);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const watch = createPerformanceWatch({ falseAlarms: wish });
    const starts: number[] = [];
    const take = (n: number, error: number) => {
      const seen = watch.predicted(`m${n}`, { value: 20 }, n * SECOND, 20 + error);
      if (seen?.event?.state === 'start') starts.push(n);
    };
    for (let n = 0; n < 1500; n++) take(n, n === 1000 ? 1e12 : normal());
    expect(starts).toEqual([]);
    expect(watch.figures).toBeUndefined();
    for (let n = 1500; n < 1900; n++) take(n, 2.5 * normal());
    expect(starts[0]).toBeLessThan(1620);
    expect(watch.features[0]).toMatchObject({
      name: 'absolute error',
      statistic: 'mean absolute error',
      drifting: true,
    });
    expect(watch.features[0]?.words).toMatch(/were [\d.]+ off on average; it was 0\.[78]/);
  });

  it('judges what is called anomalous by what people call normal', () => {
    const watch = createPerformanceWatch();
    watch.predicted('a', { score: 3, anomalous: true }, 0, 'Healthy');
    watch.predicted('b', { score: 1, anomalous: false }, 0, 'ok');
    watch.predicted('c', { score: 3, anomalous: true }, 0, 'worn');
    expect(watch.figures).toMatchObject({ truths: 3, measured: expect.closeTo(2 / 3, 9) as number });
  });

  it('counts what cannot be joined or used, and goes on', () => {
    const watch = createPerformanceWatch();
    watch.truth(undefined, 'x', 0);
    watch.predicted('a', { outputs: {} }, 0);
    watch.predicted('b', { value: NaN }, 0);
    watch.predicted('c', { value: 1 }, 0, 'much');
    watch.predicted('d', { value: 1 }, 0, ' ');
    watch.predicted('e', answer('x', NaN), 0, 'x');
    expect(watch.counts).toEqual([
      { what: 'truths without an id', count: 1 },
      { what: 'answers that no truth can judge', count: 2 },
      { what: 'truths that do not fit their answer', count: 2 },
      { what: 'answers without a confidence', count: 1 },
    ]);
    expect(watch.figures).toMatchObject({ truths: 1, measured: 1 });
  });

  it('keeps so many answers waiting and no more, forgetting the oldest', () => {
    const watch = createPerformanceWatch();
    for (let n = 0; n < 2500; n++) watch.predicted(`m${n}`, answer('x'), n);
    expect(watch.counts).toEqual([{ what: 'answers or truths that waited too long', count: 500 }]);
    watch.truth('m499', 'x', 3000);
    expect(watch.figures?.truths).toBe(0);
    watch.truth('m500', 'x', 3000);
    expect(watch.figures?.truths).toBe(1);
    const size = JSON.stringify(watch.save()).length;
    for (let n = 0; n < 5000; n++) watch.predicted(`n${n}`, answer('x'), n, 'x');
    expect(JSON.stringify(watch.save()).length).toBeLessThan(size + 20_000);
  });
});

describe('performance, without labels', () => {
  const confidences = Array.from({ length: 500 }, (_, n) => 0.9 + 0.09 * ((n * 7) % 11 === 0 ? -1 : 1));

  it('tells from the confidence alone that answers are right less often', () => {
    const watch = createPerformanceWatch({ confidences, falseAlarms: { windows: 1000 } });
    const events: DriftPayload[] = [];
    const feed = (count: number, less: number) => {
      for (let n = 0; n < count; n++) {
        const seen = watch.predicted(`m${n}`, answer('x', (confidences[n % 500] ?? 0) - less), n * SECOND);
        if (seen?.event) events.push(seen.event);
      }
    };
    feed(3000, 0);
    expect(events).toEqual([]);
    expect(watch.figures?.estimated).toBeCloseTo(0.97, 1);
    feed(120, 0.3);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: 'performance', state: 'start' });
    expect(events[0]?.features[0]).toMatchObject({ name: 'estimated accuracy', statistic: 'estimated error rate' });
    expect(events[0]?.words).toMatch(/by its own confidence, 8\d\.?\d? % of the newest 60 answers are right/);
    expect(watch.figures).toMatchObject({ truths: 0 });
  });

  it('estimates the accuracy that there is, where the confidence means what it says after calibration', () => {
    const random = seededRandom(9);
    // Too sure of itself: right as often as the square of its confidence says.
    const bins = Array.from({ length: 10 }, (_, n) => ({
      confidence: n / 10 + 0.05,
      accuracy: (n / 10 + 0.05) ** 2,
      rows: 100,
    }));
    const watch = createPerformanceWatch({ calibration: bins, window: 2000 });
    for (let n = 0; n < 4000; n++) {
      const confidence = 0.5 + 0.5 * random();
      watch.predicted(`m${n}`, answer('x', confidence), n, random() < confidence ** 2 ? 'x' : 'y');
    }
    const { measured = NaN, estimated = NaN } = watch.figures ?? {};
    expect(Math.abs(measured - estimated)).toBeLessThan(0.03);
    // ∫ (.5 + .5u)² du
    expect(estimated).toBeCloseTo(7 / 12, 1);
  });
});

describe('the threshold of performance', () => {
  const starts = (wrong: (random: () => number, before: number) => number, heldOut?: PerformanceOptions['heldOut']) => {
    const windows = 100;
    let begun = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed);
      const watch = createPerformanceWatch({ falseAlarms: { windows: 100 }, ...(heldOut && { heldOut }) });
      let error = 0;
      for (let n = 0; n < 60 * windows + 300; n++) {
        error = wrong(random, error);
        const seen = watch.predicted(
          undefined,
          { score: 0, anomalous: false },
          n * SECOND,
          error === 1 ? 'worn' : 'ok',
        );
        if (seen?.event?.state === 'start') begun++;
      }
    }
    return begun / (40 * windows);
  };

  it('keeps the wish: at most one start in so many windows', () => {
    expect(starts((random) => Number(random() < 0.08))).toBeLessThan(0.01);
    expect(starts((random) => Number(random() < 0.08), { accuracy: 0.92, rows: 2000 })).toBeLessThan(0.01);
  });

  it('keeps it nearly where wrong answers come in clusters', () => {
    const clustered = (random: () => number, before: number) => (random() < 0.7 ? before : Number(random() < 0.1));
    expect(starts(clustered)).toBeLessThan(0.02);
  });

  it('lies higher where less is known and where false alarms are wished for more rarely', () => {
    const thresholdOf = (options: PerformanceOptions) => {
      const { watch, feed } = stream(options);
      feed(200, 0.05);
      return watch.features.find(({ name }) => name === 'accuracy')?.threshold ?? NaN;
    };
    const heldOut = { accuracy: 0.95, rows: 2000 };
    const standard = thresholdOf({ heldOut, falseAlarms: { windows: 1000 } });
    expect(thresholdOf({ heldOut: { accuracy: 0.95, rows: 30 }, falseAlarms: { windows: 1000 } })).toBeGreaterThan(
      standard,
    );
    expect(thresholdOf({ heldOut, falseAlarms: { windows: 1e6 } })).toBeGreaterThan(standard);
    // One a month of one answer a second is one in 43,200 windows of 60.
    expect(thresholdOf({ heldOut, falseAlarms: 'month' })).toBeGreaterThan(standard);
    expect(thresholdOf({ heldOut, falseAlarms: 'hour' })).toBeLessThan(standard);
  });
});

describe('the state of performance', () => {
  it('goes on through JSON exactly where it stood', () => {
    const options: PerformanceOptions = { heldOut: { accuracy: 0.95, rows: 300 }, falseAlarms: { windows: 200 } };
    const random = seededRandom(6);
    const steps = Array.from({ length: 900 }, (_, n) => ({
      ...{ id: `m${n}`, time: n * SECOND, confidence: 0.8 + 0.2 * random() - (n > 700 ? 0.3 : 0) },
      truth: random() < (n > 500 ? 0.4 : 0.05) ? 'worn' : 'healthy',
    }));
    const run = (restart: boolean) => {
      let watch = createPerformanceWatch(options);
      const seen: unknown[] = [];
      for (const [n, { id, time, confidence }] of steps.entries()) {
        if (restart && n % 131 === 130) {
          watch = createPerformanceWatch({ ...options, saved: JSON.parse(JSON.stringify(watch.save())) as unknown });
        }
        seen.push(watch.predicted(id, answer('healthy', confidence), time));
        if (n >= 20) seen.push(watch.truth(steps[n - 20]?.id, steps[n - 20]?.truth ?? '', time));
      }
      return { seen, saved: watch.save(), features: watch.features, figures: watch.figures };
    };
    const whole = run(false);
    expect(run(true)).toEqual(whole);
    expect(whole.seen.some((each) => (each as { event?: unknown } | undefined)?.event)).toBe(true);
  });

  it('begins anew with other settings, or from what is no state', () => {
    const { watch, feed } = stream({ window: 40 });
    feed(100, 0.1);
    for (const saved of [watch.save(), null, 'x', {}, []]) {
      expect(createPerformanceWatch({ window: 50, saved }).figures).toBeUndefined();
    }
  });
});
