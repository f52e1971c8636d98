/** The rows of a stream: whether their sensors work, whether they are as the reference, and which of them is unusual. */
import type { Clock, MillraceError } from '../../base/index.ts';
import type { DriftPicture } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import type { DriftSummary, MonitorOptions } from '../types.ts';
import { type Columns, columnsOfReference, columnsOfRow, type ColumnsSaved, createColumns } from './columns.ts';
import { dataMonitorInPieces } from './data-monitor.ts';
import { measured } from './metrics.ts';
import { type Answer, answerTo, type Question } from './question.ts';
import type { MessageParts, SourceRow } from './read-message.ts';
import { createSensors, type Sensors, type SensorsSaved } from './sensors.ts';
import { createTally } from './tally.ts';
import { createUnusualRows, type UnusualFound, type UnusualRows } from './unusual.ts';

export interface Rows {
  /** Of the data; `undefined` where it is not asked, and before it is known what the columns are. */
  readonly question: Question | undefined;
  readonly sensors: Sensors | undefined;
  /** Why the package's reference is not used. */
  readonly doubt: MillraceError | undefined;
  /** Whether it is known what the columns are. */
  readonly begun: boolean;
  /** Of the newest window. */
  readonly samples: number;
  /** The newest time of all. */
  readonly last: number;
  readonly counts: DriftPicture['counts'];
  /** With what was kept, with the reference, or with the first row: only that says what the columns of a stream are. */
  begin(first?: Pick<MessageParts, 'names' | 'rows'>): Generator<void>;
  /** One row through faults and comparison, once it has begun. */
  take(source: SourceRow, carrier: object): RowSeen;
  save(): RowsSaved;
}

export interface RowSeen {
  readonly answers: readonly Answer[];
  readonly unusual?: UnusualFound;
  /** When it was measured, by a clock that is put right where it jumps. */
  readonly time: number;
}

export interface RowsSaved extends SensorsSaved {
  readonly columns?: ColumnsSaved;
  readonly data?: unknown;
  readonly unusual?: unknown;
  readonly counts: DriftPicture['counts'];
  readonly last: number;
  readonly samples: number;
}

interface RowsOptions {
  readonly asks: { readonly data: boolean; readonly faults: boolean };
  readonly common: MonitorOptions & { readonly window: number; readonly hop: number };
  readonly pkg: ModelPackage | undefined;
  readonly clock: Clock;
  readonly saved: RowsSaved | undefined;
}

export function createRows({ asks, common, pkg, clock, saved }: RowsOptions): Rows {
  const { window, hop } = common;
  const tally = createTally(saved?.counts);
  let last = saved?.last ?? -Infinity;
  let samples = saved?.samples ?? 0;
  /** Of the row before: a clock that is set back goes back once. */
  let previous = last;
  let doubt: MillraceError | undefined;

  let columns: Columns | undefined;
  let row = new Float64Array(0);
  let question: Question | undefined;
  /** Of the data: asked for with each row, where a summary is made with each comparison. */
  let stands: DriftSummary['state'] = 'learning';
  let sensors: Sensors | undefined;
  let unusual: UnusualRows | undefined;

  const recent = () => Math.min(window, samples);
  const columnsFor = (first: Pick<MessageParts, 'names' | 'rows'>) => {
    if (saved?.columns) return createColumns(saved.columns);
    return pkg?.reference ? columnsOfReference(pkg.reference) : columnsOfRow(first);
  };

  return {
    get question() {
      return question;
    },
    get sensors() {
      return sensors;
    },
    get doubt() {
      return doubt;
    },
    get begun() {
      return columns !== undefined;
    },
    get samples() {
      return recent();
    },
    get last() {
      return last;
    },
    get counts() {
      return tally.counts;
    },
    *begin(first = { rows: [] }) {
      const own = columnsFor(first);
      const values = new Float64Array(own.names.length);
      // What the first row looks like decides the names: a bad one must not.
      for (const source of first.rows.slice(0, 1)) own.read(source.values, values);
      if (asks.data) {
        const made = yield* dataMonitorInPieces(own, pkg?.reference, { ...common, saved: saved?.data });
        question = { kind: 'data', monitor: made.monitor };
        doubt = made.doubt;
      }
      stands = question?.monitor.summary.state ?? 'calm';
      const reference = doubt ? undefined : pkg?.reference;
      yield;
      unusual = createUnusualRows({
        ...{ names: own.names, categories: own.categories, window },
        ...(reference && { reference }),
        saved: saved?.unusual,
      });
      yield;
      if (asks.faults) sensors = createSensors({ columns: own, pkg, reference, hold: hop, samples: recent, saved });
      row = values;
      columns = own;
    },
    take(source, carrier) {
      const own = columns as Columns;
      tally.add('missing features', own.read(source.values, row));
      if (source.time < previous) tally.add('times that go back');
      previous = source.time;
      last = Math.max(last, source.time);
      samples++;
      const checked = sensors?.take(row, source, clock.monotonic());
      const { time, unfit } = checked ?? { time: source.time, unfit: [] };
      if (unfit.length > 0) {
        tally.add('values of sensors that were broken or seemed so', unfit.length);
        measured.unfit(unfit.length);
      }
      const answers = [...(checked?.answers ?? [])];
      const learning = stands === 'learning' && (pkg?.reference === undefined || doubt !== undefined);
      const seen = question?.monitor.observe(row, time, unfit);
      if (seen) {
        stands = seen.summary.state;
        answers.push(answerTo('data', seen));
      }
      // Of sensors alone it is said now and then that they work.
      if (!question && samples % hop === 0) answers.push({ features: [] });
      // What is no measurement is not unusual either.
      for (const column of unfit) row[column] = NaN;
      if (learning) unusual?.learn(row);
      const far = learning ? undefined : unusual?.take(row, carrier, stands === 'drifting');
      return { answers, time, ...(far && { unusual: far }) };
    },
    save: () => ({
      ...(columns && { columns: columns.save() as ColumnsSaved }),
      ...(question && { data: question.monitor.save() }),
      ...sensors?.save(),
      ...(unusual && { unusual: unusual.save() }),
      ...{ counts: tally.counts, last, samples },
    }),
  };
}
