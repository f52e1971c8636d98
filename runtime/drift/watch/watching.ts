/** All questions about one stream, held against one reference. */
import { asMillraceError, type Clock, type MillraceError } from '../../base/index.ts';
import type {
  DriftFeature,
  DriftPayload,
  DriftPicture,
  ModelIdentity,
  PredictionPayload,
} from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { createFaultWatch } from '../faults/create-fault-watch.ts';
import type { Fault, FaultsSeen, FaultWatch } from '../faults/types.ts';
import type { HistoryPoint } from '../history/types.ts';
import { monitorInPieces } from '../monitor/create-monitor.ts';
import { runThrough } from '../run-through.ts';
import { WINDOW } from '../schema.ts';
import type { DriftSummary, Monitor, MonitorOptions, ReferenceRows, WatchSettings } from '../types.ts';
import { type Columns, columnsOfReference, columnsOfRow, type ColumnsSaved, createColumns } from './columns.ts';
import { createFaultEvents, type FaultEvents } from './fault-events.ts';
import { measured } from './metrics.ts';
import { type Answers, type AnswersSaved, createAnswers } from './answers.ts';
import { type Answer, answerTo, endOf, ofKind, pictureOf, type Question } from './question.ts';
import type { MessageParts, SourceRow } from './read-message.ts';
import { createTally, together } from './tally.ts';
import { createUnusualRows, type Unusual, type UnusualRows } from './unusual.ts';

/** What a message, or a silence, has brought about. */
export interface Seen {
  readonly evaluated: boolean;
  readonly events: readonly DriftPayload[];
  /** Of the evaluations, in order. */
  readonly points: readonly HistoryPoint[];
  readonly unusual?: { readonly carrier: object; readonly unusual: Unusual };
  /** What of the message could not be taken: the first of several. The rest of it was. */
  readonly error?: MillraceError;
  /** When the newest of it was measured, by a clock that is put right where it jumps. */
  readonly time?: number;
}

export interface Watching {
  readonly model: ModelIdentity | undefined;
  /** Why the package's reference is not used. */
  readonly doubt: MillraceError | undefined;
  take(parts: MessageParts, carrier: object): Seen;
  /** No message has come for a while. */
  silent(): Seen;
  /** From when on `silent` has something to say, on the clock that never goes back. */
  readonly silentFrom: number | undefined;
  readonly summary: DriftSummary;
  picture(): Omit<DriftPicture, 'format' | 'node' | 'name' | 'time' | 'model'>;
  /** What is on ends, because another reference is used from now on. */
  end(): readonly DriftPayload[];
  save(): unknown;
}

interface WatchingSaved {
  readonly columns?: ColumnsSaved;
  readonly data?: unknown;
  readonly answers?: AnswersSaved;
  readonly faults?: unknown;
  readonly faultEvents?: unknown;
  readonly unusual?: unknown;
  readonly counts: DriftPicture['counts'];
  readonly last: number;
  readonly samples: number;
}

export interface WatchingOptions {
  readonly settings: WatchSettings;
  /** Of the model; left out: learned from the stream. */
  readonly pkg: ModelPackage | undefined;
  /** Whose answers are in the messages. */
  readonly isOwn: (predicted: ModelIdentity) => boolean;
  readonly answersOfReference: (() => Promise<readonly PredictionPayload[]>) | undefined;
  readonly clock: Clock;
  /** What comes about without a message. */
  readonly heard: (seen: Seen) => void;
  /** What `save` gave, of the same settings and the same reference. */
  readonly saved: unknown;
  /** Whether the message that it is made for has features: else it is not known yet whether any will. */
  readonly hasRows?: boolean;
}

const NOTHING: Seen = { evaluated: false, events: [], points: [] };

/** In pieces of some milliseconds: to take a long reference takes longer than others can wait. */
export function* watchingInPieces(options: WatchingOptions): Generator<void, Watching> {
  const { settings, pkg, clock, heard } = options;
  const { window = WINDOW.standard } = settings;
  const asks = { data: true, prediction: true, performance: true, faults: true, ...settings.questions };
  const hop = settings.hop ?? Math.max(1, Math.round(window / 4));
  const saved = options.saved as WatchingSaved | undefined;
  const tally = createTally(saved?.counts);
  /** The newest time, and rows taken. */
  let last = saved?.last ?? -Infinity;
  let samples = saved?.samples ?? 0;
  /** Of the row before: a clock that is set back goes back once. */
  let previous = last;
  let doubt: MillraceError | undefined;

  let columns: Columns | undefined;
  let row = new Float64Array(0);
  let data: Question | undefined;
  /** Of the data: asked for with each row, where a summary is made with each comparison. */
  let stands: DriftSummary['state'] = 'learning';
  let faults: { readonly watch: FaultWatch; readonly events: FaultEvents; readonly row: Float64Array } | undefined;
  let unusual: UnusualRows | undefined;

  const share = 1 / [asks.data, asks.prediction, asks.performance].filter((asked) => asked).length;
  const common: MonitorOptions = {
    ...{ window, hop, share: settings.source === 'stream' && !pkg ? 1 : share },
    ...pick(settings, ['statistic', 'learn', 'falseAlarms', 'extend', 'season']),
  };

  /** A monitor with this reference; where it will not do, one that learns from the stream. */
  const monitorOf = function* (
    reference: ReferenceRows | undefined,
    own: Columns,
    before: unknown,
  ): Generator<void, Monitor> {
    const learns = { ...common, names: own.names, categories: own.categories, saved: before };
    if (!reference) return yield* monitorInPieces(learns);
    try {
      return yield* monitorInPieces({ ...learns, reference: { ...reference, categories: own.categories } });
    } catch (thrown) {
      const error = asMillraceError(thrown);
      if (error.code !== 'REFERENCE_TOO_SHORT' && error.code !== 'REFERENCE_UNUSABLE') throw error;
      doubt = error;
      return yield* monitorInPieces(learns);
    }
  };
  /** With the first row: only it says what the columns of a stream are. */
  const begin = function* (
    parts: Pick<MessageParts, 'names' | 'rows'>,
    before: WatchingSaved | undefined,
  ): Generator<void> {
    const reference: ReferenceRows | undefined = pkg?.reference;
    const own = before?.columns
      ? createColumns(before.columns)
      : reference
        ? columnsOfReference(reference)
        : columnsOfRow(parts);
    const first = new Float64Array(own.names.length);
    // What the first row looks like decides the names: a bad one must not.
    for (const { values } of parts.rows.slice(0, 1)) own.read(values, first);
    if (asks.data) data = { kind: 'data', monitor: yield* monitorOf(reference, own, before?.data) };
    stands = data?.monitor.summary.state ?? 'calm';
    const usable = doubt ? undefined : reference;
    yield;
    unusual = createUnusualRows({
      ...{ names: own.names, categories: own.categories, window },
      ...(usable && { reference: usable }),
      saved: before?.unusual,
    });
    yield;
    if (asks.faults) {
      const names = own.numbers.map((column) => own.names[column] as string);
      const events = createFaultEvents(hop, () => Math.min(window, samples), before?.faultEvents);
      const watch = createFaultWatch({
        ...{ names, units: unitsOf(pkg), saved: before?.faults },
        ...(usable && { reference: usable }),
      });
      faults = { watch, events, row: new Float64Array(names.length) };
    }
    row = first;
    columns = own;
  };
  if (saved?.columns) yield* begin({ rows: [] }, saved);
  else if (pkg?.reference && options.hasRows && (asks.data || asks.faults)) yield* begin({ rows: [] }, undefined);

  const answers: Answers | undefined =
    asks.prediction || asks.performance
      ? createAnswers({
          ...{ asks, common, pkg, isOwn: options.isOwn, answersOfReference: options.answersOfReference },
          ...{ clock, saved: saved?.answers },
          late: (found) => heard(collect(found, last)),
        })
      : undefined;

  const collect = (found: readonly Answer[], time: number, point: { time: number } = { time }): Seen => {
    const events = found.flatMap(({ event }) => event ?? []);
    const features = found.flatMap((answer) => answer.features);
    for (const event of events) measured.event(event);
    if (found.length > 0) measured.evaluation();
    const points = features.length === 0 ? [] : [{ time: point.time, features }];
    return { evaluated: found.length > 0, events, points };
  };

  const seenFaults = (seen: FaultsSeen, rows: number): Answer[] => {
    const event = faults?.events.push(seen, rows);
    const isNew = seen.begun.length > 0 || seen.ended.length > 0;
    return event || isNew ? [{ features: [], ...(event && { event }) }] : [];
  };

  /** One row through faults and comparison. */
  const takeRow = (
    source: SourceRow,
    carrier: object,
  ): { found: Answer[]; unusual?: Seen['unusual']; time: number } => {
    const own = columns as Columns;
    tally.add('missing features', own.read(source.values, row));
    if (source.time < previous) tally.add('times that go back');
    previous = source.time;
    last = Math.max(last, source.time);
    samples++;
    const found: Answer[] = [];
    let { time } = source;
    let unfit: readonly number[] = [];
    if (faults) {
      const { watch, row: numbers } = faults;
      for (const [place, column] of own.numbers.entries()) numbers[place] = row[column] ?? NaN;
      // Several rows of one moment are one beat of the stream.
      const beat = source.again ? NaN : source.time;
      const seen = watch.push(numbers, beat, source.missing, clock.monotonic());
      ({ time } = seen);
      unfit = unfitColumns(own, seen, row);
      if (unfit.length > 0) {
        tally.add('values of sensors that were broken or seemed so', unfit.length);
        measured.unfit(unfit.length);
      }
      found.push(...seenFaults(seen, 1));
    }
    const learning = stands === 'learning' && !hasReference();
    const seen = data?.monitor.observe(row, time, unfit);
    if (seen) {
      stands = seen.summary.state;
      found.push(answerTo('data', seen));
    }
    // Of sensors alone it is said now and then that they work.
    if (!data && samples % hop === 0) found.push({ features: [] });
    // What is no measurement is not unusual either.
    for (const column of unfit) row[column] = NaN;
    if (learning) unusual?.learn(row);
    const far = learning ? undefined : unusual?.take(row, carrier, stands === 'drifting');
    return { found, time, ...(far && { unusual: far }) };
  };

  const hasReference = () => pkg?.reference !== undefined && !doubt;

  /** How it stands where nothing is compared: that no sensor is known to be broken. */
  const alone = () => {
    const learns = asks.data || asks.prediction || !faults;
    const state = learns ? ('learning' as const) : ('calm' as const);
    return { state, since: 0, samples: Math.min(window, samples), window };
  };

  const questions = (): Question[] => [data, answers?.question].filter((question) => question !== undefined);

  return {
    model: pkg?.reference && identityOf(pkg),
    get doubt() {
      return doubt;
    },
    take(parts, carrier) {
      const seen: Seen[] = [];
      let now = parts.time;
      let error: MillraceError | undefined;
      const attempt = (take: () => Seen) => {
        try {
          seen.push(take());
        } catch (thrown) {
          error ??= asMillraceError(thrown);
        }
      };
      if (parts.rows.length > 0 && (asks.data || asks.faults)) {
        if (!columns) runThrough(begin(parts, undefined));
        for (const source of parts.rows) {
          attempt(() => {
            const { found, time, unusual: far } = takeRow(source, carrier);
            now = time;
            if (found.length === 0 && !far) return NOTHING;
            return { ...collect(found, time), ...(far && { unusual: far }) };
          });
        }
      }
      attempt(() => {
        const found = answers?.take(parts) ?? [];
        return found.length > 0 ? collect(found, now) : NOTHING;
      });
      return { ...joined(seen), time: now, ...(error && { error }) };
    },
    silent() {
      if (!faults) return NOTHING;
      const seen = faults.watch.silent(clock.monotonic());
      return { ...collect(seenFaults(seen, 0), seen.time), time: seen.time };
    },
    get silentFrom() {
      return faults?.watch.silentFrom;
    },
    get summary() {
      return summaryOf(questions(), answers, faults?.events.features ?? [], alone());
    },
    picture() {
      const pictures = questions().map(pictureOf);
      const { state, since, samples: many, window: size } = summaryOf(questions(), answers, [], alone());
      const features = [
        ...(faults?.events.features ?? []),
        ...[...pictures.flatMap((picture) => picture.features), ...(answers?.performance?.features ?? [])].sort(
          (a, b) => b.value / b.threshold - a.value / a.threshold,
        ),
      ];
      const performance = answers?.performance?.figures;
      return {
        ...{ state, since, samples: many, window: size, features },
        ...(pictures[0]?.promise && { promise: pictures[0].promise }),
        leftOut: pictures.flatMap((picture) => picture.leftOut),
        counts: together(
          tally.counts,
          ...pictures.map(({ counts }) => counts.filter(({ what }) => what !== 'times that went back')),
          answers?.counts ?? [],
        ),
        ...(performance && { performance }),
      };
    },
    end: () => [...questions().map(endOf), faults?.events.end()].filter((event) => event !== undefined),
    save: (): WatchingSaved => ({
      ...(columns && { columns: columns.save() as ColumnsSaved }),
      ...(data && { data: data.monitor.save() }),
      ...(answers && { answers: answers.save() }),
      ...(faults && { faults: faults.watch.save(), faultEvents: faults.events.save() }),
      ...(unusual && { unusual: unusual.save() }),
      ...{ counts: tally.counts, last, samples },
    }),
  };
}

/** Several of one message as one. Points of one moment are told apart by the keeper. */
function joined(seen: readonly Seen[]): Seen {
  const said = seen.filter((each) => each !== NOTHING);
  if (said.length < 2) return said[0] ?? NOTHING;
  const far = said.findLast(({ unusual }) => unusual)?.unusual;
  return {
    evaluated: said.some(({ evaluated }) => evaluated),
    events: said.flatMap(({ events }) => events),
    points: said.flatMap(({ points }) => points),
    ...(far && { unusual: far }),
  };
}

/** Columns of a row that say nothing: no measurements, or missing because a sensor has dropped out. */
function unfitColumns(own: Columns, { unfit, on }: FaultsSeen, row: Float64Array): readonly number[] {
  const columns = unfit.map((place) => own.numbers[place] as number);
  if (!on.some(({ fault }: Fault) => fault === 'dropout')) return columns;
  const missing = own.numbers.filter((column) => Number.isNaN(row[column]) && !columns.includes(column));
  return missing.length === 0 ? columns : [...columns, ...missing];
}

function summaryOf(
  questions: readonly Question[],
  answers: Answers | undefined,
  faults: readonly DriftFeature[],
  alone: Pick<DriftSummary, 'state' | 'since' | 'samples' | 'window'>,
): DriftSummary {
  const summaries = questions.map(({ kind, monitor }) => ({ kind, ...monitor.summary }));
  const performance = answers?.performance;
  const bad = performance?.features.filter(({ drifting }) => drifting) ?? [];
  // The data say how it stands; where there are none, the answers.
  const [first = alone] = summaries;
  const begun = [
    ...summaries.filter(({ state }) => state === 'drifting').map(({ since }) => since),
    ...bad.flatMap(({ since }) => since ?? []),
  ];
  const drifting = begun.length > 0 || bad.length > 0;
  const leftOut = summaries.flatMap((summary) => summary.leftOut ?? []);
  const promise = summaries[0]?.promise;
  const figures = performance?.figures;
  return {
    state: drifting ? 'drifting' : first.state,
    since: begun.length > 0 ? Math.min(...begun) : first.since,
    ...{ samples: first.samples, window: first.window },
    features: [
      ...faults.map(({ shape: _, ...feature }) => feature),
      ...summaries.flatMap((summary) => ofKind(summary.kind, summary)),
      ...(performance?.features ?? []).map(({ shape: _, ...feature }) => feature),
    ],
    ...(promise !== undefined && { promise }),
    ...(figures && { performance: figures }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

export const identityOf = ({ manifest: { name, version }, digest }: ModelPackage): ModelIdentity => ({
  ...{ name, version, digest },
});

function unitsOf(pkg: ModelPackage | undefined): Record<string, string> {
  const inputs = pkg?.manifest.inputs ?? [];
  return Object.fromEntries(
    inputs.flatMap(({ features = [], units = [] }) => features.map((name, at) => [name, units[at] ?? ''] as const)),
  );
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
  const entries = keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]);
  return Object.fromEntries(entries) as Partial<Pick<T, K>>;
}
