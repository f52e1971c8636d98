/** What the model answers, and how right it is: two questions that need its answers to its own reference first. */
import { asMillraceError, type Clock, type MillraceError } from '../../base/index.ts';
import type { DriftPicture, ModelIdentity, PredictionPayload } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { createMonitor } from '../monitor/create-monitor.ts';
import { createPerformanceWatch } from '../performance/create-performance-watch.ts';
import type { PerformanceOptions, PerformanceWatch } from '../performance/types.ts';
import type { MonitorOptions } from '../types.ts';
import { type Columns, type ColumnsSaved, createColumns } from './columns.ts';
import { predictionColumns, predictionReference, predictionValues } from './prediction-rows.ts';
import { type Answer, answerTo, type Question } from './question.ts';
import type { MessageParts } from './read-message.ts';
import { createTally } from './tally.ts';

export interface Answers {
  readonly question: Question | undefined;
  readonly performance: PerformanceWatch | undefined;
  readonly counts: DriftPicture['counts'];
  take(parts: MessageParts): Answer[];
  save(): AnswersSaved;
}

export interface AnswersSaved {
  readonly columns?: ColumnsSaved;
  readonly prediction?: unknown;
  readonly performance?: unknown;
  readonly counts: DriftPicture['counts'];
}

interface AnswersOptions {
  readonly asks: { readonly prediction: boolean; readonly performance: boolean };
  readonly common: MonitorOptions;
  readonly pkg: ModelPackage | undefined;
  readonly isOwn: (predicted: ModelIdentity) => boolean;
  readonly answersOfReference: (() => Promise<readonly PredictionPayload[]>) | undefined;
  readonly clock: Clock;
  readonly saved: AnswersSaved | undefined;
  /** What the messages have brought that came while the reference was made. */
  readonly late: (found: readonly Answer[]) => void;
}

/** Fewer answers say too little of how often they are right. */
const PERFORMANCE_WINDOW = 60;
/** Messages that wait while a model answers to its reference: the oldest are dropped, and counted. */
const WAITING = 2000;

interface Ready {
  readonly columns: Columns;
  readonly row: Float64Array;
  readonly question: Question | undefined;
  readonly performance: PerformanceWatch | undefined;
}

type Item = Pick<MessageParts, 'id' | 'truth' | 'time'> & { readonly prediction: PredictionPayload | undefined };

export function createAnswers(options: AnswersOptions): Answers {
  const { asks, common, pkg, clock, saved, late } = options;
  const tally = createTally(saved?.counts);
  let ready: Ready | undefined;
  let begun = false;
  let waiting: Item[] = [];
  /** Why answers cannot be watched with these settings. */
  let refused: MillraceError | undefined;

  const make = (first: PredictionPayload, own: boolean, healthy: readonly PredictionPayload[]): Ready => {
    const labels = own ? pkg?.manifest.labels : undefined;
    const columns = saved?.columns ? createColumns(saved.columns) : predictionColumns(first, labels);
    const alike = healthy.filter((answer) => columns.names.every((name) => name in predictionValues(answer)));
    const monitor = () => {
      const { names, categories } = columns;
      const learns = { ...common, names, categories, saved: saved?.prediction };
      const reference = alike.length > 0 ? predictionReference(columns, alike) : undefined;
      try {
        return createMonitor(reference ? { ...learns, reference } : learns);
      } catch (thrown) {
        // A model that answers always the same, or has few rows: then as the answers begin.
        if (!reference) throw thrown;
        return createMonitor(learns);
      }
    };
    const confidences = alike.flatMap((answer) => ('label' in answer ? [answer.confidence] : []));
    const performance = (): PerformanceOptions => ({
      ...(common.window !== undefined && { window: Math.max(PERFORMANCE_WINDOW, common.window) }),
      ...(common.falseAlarms !== undefined && { falseAlarms: common.falseAlarms }),
      ...(common.share !== undefined && { share: common.share }),
      ...(own && measuredOf(pkg)),
      ...(confidences.length > 0 && { confidences }),
      saved: saved?.performance,
    });
    return {
      columns,
      row: new Float64Array(columns.names.length),
      question: asks.prediction ? { kind: 'prediction', monitor: monitor() } : undefined,
      performance: asks.performance ? createPerformanceWatch(performance()) : undefined,
    };
  };

  const takeItem = (
    { columns, row, question, performance }: Ready,
    { id, prediction, truth, time }: Item,
  ): Answer[] => {
    const found: Answer[] = [];
    if (prediction && question) {
      columns.read(predictionValues(prediction), row);
      const seen = question.monitor.observe(row, time);
      if (seen) found.push(answerTo('prediction', seen));
    }
    const judged = prediction
      ? performance?.predicted(id, prediction, time, truth)
      : truth !== undefined && performance?.truth(id, truth, time);
    if (judged) found.push(answerTo('performance', judged));
    return found;
  };

  /** What has waited: a truth may come before the first answer. */
  const drain = (made: Ready): Answer[] => waiting.splice(0).flatMap((item) => takeItem(made, item));

  /** The first answer: it says what the model answers at all. */
  const begin = (first: PredictionPayload, own: boolean) => {
    begun = true;
    const { answersOfReference } = options;
    if (!own || !answersOfReference) {
      ready = make(first, own, []);
      return;
    }
    const asked = async () => answersOfReference();
    const healthy = clock.hold(asked()).catch((): readonly PredictionPayload[] => {
      tally.add('answers of the reference that could not be had');
      return [];
    });
    void healthy
      .then((answers) => {
        ready = make(first, own, answers);
        const found = waiting.splice(0).flatMap((item) => {
          try {
            return takeItem(ready as Ready, item);
          } catch {
            // Nobody waits for it any more who could be told.
            tally.add('answers that could not be compared');
            return [];
          }
        });
        if (found.length > 0) late(found);
      })
      .catch((thrown: unknown) => (refused = asMillraceError(thrown)));
  };

  return {
    get question() {
      return ready?.question;
    },
    get performance() {
      return ready?.performance;
    },
    get counts() {
      return [...tally.counts, ...(ready?.performance?.counts ?? [])];
    },
    take({ predictions, model, id, truth, time }) {
      const [first] = predictions;
      if (!begun && first && model) begin(first, options.isOwn(model));
      const items: Item[] =
        predictions.length > 0
          ? predictions.map((prediction) => ({ id, prediction, truth, time }))
          : truth !== undefined
            ? [{ id, prediction: undefined, truth, time }]
            : [];
      waiting.push(...items);
      if (ready) return drain(ready);
      if (refused) {
        waiting = [];
        if (predictions.length > 0) throw refused;
        return [];
      }
      const over = waiting.length - WAITING;
      if (over > 0) {
        tally.add('answers and truths that came too early', over);
        waiting = waiting.slice(over);
      }
      return [];
    },
    save(): AnswersSaved {
      if (!ready) return { ...saved, counts: tally.counts };
      const { columns, question, performance } = ready;
      return {
        columns: columns.save() as ColumnsSaved,
        ...(question && { prediction: question.monitor.save() }),
        ...(performance && { performance: performance.save() }),
        counts: tally.counts,
      };
    },
  };
}

/** How good the model was on held-out data, as its package says. */
function measuredOf(pkg: ModelPackage | undefined): Pick<PerformanceOptions, 'heldOut' | 'calibration'> {
  const metrics = pkg?.manifest.metrics;
  if (!metrics) return {};
  const { accuracy, rows, calibration } = metrics;
  return {
    ...(accuracy !== undefined && { heldOut: { accuracy, ...(rows !== undefined && { rows }) } }),
    ...(calibration && calibration.length > 0 && { calibration }),
  };
}
