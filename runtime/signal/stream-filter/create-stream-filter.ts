import { errors } from '../errors.ts';
import { filterProblem } from '../filters/design.ts';
import { filterReadings } from './filter-readings.ts';
import { filterWindows } from './filter-windows.ts';
import { needsRate } from './kinds.ts';
import type { StreamFilter, StreamFilterSettings } from './settings.ts';

const STANDARD: StreamFilterSettings = {
  ...{ kind: 'low', order: 4, cutoffs: [10], length: 5, rate: 0, channels: [], state: 'carry', maxGap: 0 },
};

/** A rate at which every cut-off is possible: what is wrong then is wrong at any rate. */
const HIGH = 1e15;

/**
 * A filter for each channel of a stream of readings or of windows.
 *
 * @throws FILTER_INVALID if the filter is impossible, at the stated rate or at any
 */
export function createStreamFilter<M = unknown>(given: Partial<StreamFilterSettings> = {}): StreamFilter<M> {
  const settings = { ...STANDARD, ...given };
  const { kind, order, cutoffs, rate } = settings;
  if (needsRate(kind)) {
    const pass = kind === 'high' || kind === 'band' || kind === 'stop' ? kind : 'low';
    const problem = filterProblem({ pass, order, cutoffs }, rate === 0 ? HIGH : rate);
    if (problem !== undefined) throw errors.FILTER_INVALID({ problem });
  }
  const readings = filterReadings<M>(settings);
  return {
    reading: (reading) => readings.take(reading),
    flush: () => readings.flush(),
    window: filterWindows(settings),
    counts: readings.counts,
    get rate() {
      return readings.rate;
    },
  };
}
