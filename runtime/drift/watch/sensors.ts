import type { DriftFeature, DriftPayload } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { createFaultWatch } from '../faults/create-fault-watch.ts';
import type { FaultsSeen } from '../faults/types.ts';
import type { ReferenceRows } from '../types.ts';
import type { Columns } from './columns.ts';
import { createFaultEvents } from './fault-events.ts';
import type { Answer } from './question.ts';
import type { SourceRow } from './read-message.ts';

/** The question whether the sensors of a stream work. */
export interface Sensors {
  /** The faults that are on. */
  readonly features: readonly DriftFeature[];
  /** @param arrived when it came in, on the clock that never goes back */
  take(row: Float64Array, source: Pick<SourceRow, 'time' | 'again' | 'missing'>, arrived: number): SensorsSeen;
  /** No row has come up to now, on the same clock. */
  silent(arrived: number): SensorsSeen;
  /** From when on `silent` has something to say. */
  readonly silentFrom: number | undefined;
  /** The end of what was told of, because nobody looks any further. */
  end(): DriftPayload | undefined;
  save(): SensorsSaved;
}

export interface SensorsSeen {
  readonly answers: readonly Answer[];
  /** Columns of the row that say nothing: no measurements, or missing because a sensor has dropped out. */
  readonly unfit: readonly number[];
  /** When the row was measured, by a clock that is put right where it jumps. */
  readonly time: number;
}

export interface SensorsSaved {
  readonly faults?: unknown;
  readonly faultEvents?: unknown;
}

interface SensorsOptions {
  readonly columns: Columns;
  readonly pkg: ModelPackage | undefined;
  /** Of the package, where it will do. */
  readonly reference: ReferenceRows | undefined;
  /** Rows without a fault, at the least, until it is over. */
  readonly hold: number;
  /** Rows that an event is said to be of. */
  readonly samples: () => number;
  readonly saved: SensorsSaved | undefined;
}

export function createSensors({ columns, pkg, reference, hold, samples, saved }: SensorsOptions): Sensors {
  const names = columns.numbers.map((column) => columns.names[column] as string);
  const events = createFaultEvents(hold, samples, saved?.faultEvents);
  const watch = createFaultWatch({ names, units: unitsOf(pkg), saved: saved?.faults, ...(reference && { reference }) });
  const numbers = new Float64Array(names.length);

  const answersTo = (seen: FaultsSeen, rows: number): Answer[] => {
    const event = events.push(seen, rows);
    const isNew = seen.begun.length > 0 || seen.ended.length > 0;
    return event || isNew ? [{ features: [], ...(event && { event }) }] : [];
  };

  const unfitOf = ({ unfit, on }: FaultsSeen, row: Float64Array): readonly number[] => {
    const found = unfit.map((place) => columns.numbers[place] as number);
    if (!on.some(({ fault }) => fault === 'dropout')) return found;
    const missing = columns.numbers.filter((column) => Number.isNaN(row[column]) && !found.includes(column));
    return missing.length === 0 ? found : [...found, ...missing];
  };

  return {
    get features() {
      return events.features;
    },
    take(row, { time, again, missing }, arrived) {
      for (const [place, column] of columns.numbers.entries()) numbers[place] = row[column] ?? NaN;
      // Several rows of one moment are one beat of the stream.
      const seen = watch.push(numbers, again ? NaN : time, missing, arrived);
      return { answers: answersTo(seen, 1), unfit: unfitOf(seen, row), time: seen.time };
    },
    silent(arrived) {
      const seen = watch.silent(arrived);
      return { answers: answersTo(seen, 0), unfit: [], time: seen.time };
    },
    get silentFrom() {
      return watch.silentFrom;
    },
    end: () => events.end(),
    save: () => ({ faults: watch.save(), faultEvents: events.save() }),
  };
}

function unitsOf(pkg: ModelPackage | undefined): Record<string, string> {
  const inputs = pkg?.manifest.inputs ?? [];
  return Object.fromEntries(
    inputs.flatMap(({ features = [], units = [] }) => features.map((name, at) => [name, units[at] ?? ''] as const)),
  );
}
