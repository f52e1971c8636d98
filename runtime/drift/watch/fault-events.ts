import type { DriftFeature, DriftPayload } from '../../messages/index.ts';
import type { Fault, FaultsSeen } from '../faults/types.ts';

/** Makes of faults that come and go messages: one when something breaks, one when more does, one when all is well again. */
export interface FaultEvents {
  /** The faults that are on. */
  readonly features: readonly DriftFeature[];
  push(seen: FaultsSeen, rows: number): DriftPayload | undefined;
  /** The end of what was told of, because nobody looks any further. */
  end(): DriftPayload | undefined;
  save(): unknown;
}

interface FaultsSaved {
  readonly told: readonly DriftFeature[];
  readonly since: number;
  readonly quiet: number;
  /** Not kept by earlier versions. */
  readonly quietMs?: number;
  readonly waited: number;
}

/** ms of the stream's time without a fault until it is over: what comes and goes within a minute is one thing that is broken. */
const QUIET = 60_000;

/** What is broken is no feature: the stream as a whole. */
const STREAM = 'stream';

/** @param hold rows without a fault, at the least, until it is over, and from one `change` to the next: spikes come and go */
export function createFaultEvents(hold: number, samples: () => number, saved?: unknown): FaultEvents {
  const before = saved as FaultsSaved | undefined;
  /** Faults that have been told of; none while all is well. */
  let told: DriftFeature[] = [...(before?.told ?? [])];
  let since = before?.since ?? 0;
  let quiet = before?.quiet ?? 0;
  let quietMs = before?.quietMs ?? 0;
  /** Of the newest row. */
  let time = NaN;
  let waited = before?.waited ?? 0;
  let on: readonly DriftFeature[] = told;

  const event = (state: DriftPayload['state'], features: readonly DriftFeature[]): DriftPayload => ({
    ...{ kind: 'fault', state, since, samples: samples() },
    features: features.map(({ kind: _, shape: __, ...feature }) => feature),
    words: wordsOf(state, features),
  });

  const ended = () => {
    const features = told.map((feature) => ({ ...feature, drifting: false }));
    told = [];
    return event('end', features);
  };

  return {
    get features() {
      return on;
    },
    push(seen, rows) {
      on = seen.on.map(featureOf);
      waited += rows;
      // Of a clock that has gone back nothing has passed.
      const passed = Math.max(0, seen.time - time) || 0;
      time = seen.time;
      if (on.length === 0) {
        if (told.length === 0) return undefined;
        quiet += rows;
        quietMs += passed;
        return quiet < hold || quietMs < QUIET ? undefined : ended();
      }
      quiet = 0;
      quietMs = 0;
      const fresh = on.filter((feature) => !told.some((other) => isSame(feature, other)));
      if (fresh.length === 0) return undefined;
      const starts = told.length === 0;
      if (!starts && waited < hold) return undefined;
      if (starts) since = Math.min(...seen.on.map((fault) => fault.since));
      waited = 0;
      told = [...told, ...fresh];
      return event(starts ? 'start' : 'change', on);
    },
    end: () => (told.length > 0 ? ended() : undefined),
    save: (): FaultsSaved => ({ told, since, quiet, quietMs, waited }),
  };
}

const isSame = (a: DriftFeature, b: DriftFeature) => a.name === b.name && a.statistic === b.statistic;

const finite = (value: number) => (Number.isFinite(value) ? value : 0);

const featureOf = ({ name, fault, since, value, threshold, words }: Fault): DriftFeature => ({
  ...{ name: name === '' ? STREAM : name, kind: 'fault', statistic: fault, drifting: true, since, words },
  ...{ value: finite(value), threshold: finite(threshold) },
});

function wordsOf(state: DriftPayload['state'], features: readonly DriftFeature[]): string {
  const names = features.map(({ name, statistic }) => `${name} (${statistic})`).join(', ');
  if (state === 'end') return `all sensors work again: ${names}`;
  return features.map(({ name, statistic, words }) => words ?? `${name}: ${statistic}`).join('; ');
}
