/** All questions about one stream, held against one reference. */
import { asMillraceError, type Clock, type MillraceError } from '../../base/index.ts';
import type { DriftPayload, ModelIdentity, PredictionPayload } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { runThrough } from '../run-through.ts';
import { WINDOW } from '../schema.ts';
import type { DriftSummary, WatchSettings } from '../types.ts';
import { type Answers, type AnswersSaved, createAnswers } from './answers.ts';
import { endOf, type Question } from './question.ts';
import type { MessageParts } from './read-message.ts';
import { createRows, type RowsSaved } from './rows.ts';
import { joined, NOTHING, type Seen, seenOf } from './seen.ts';
import { type Standing, streamPictureOf, type StreamPicture, summaryOf } from './standing.ts';

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
  picture(): StreamPicture;
  /** What is on ends, because another reference is used from now on. */
  end(): readonly DriftPayload[];
  save(): unknown;
}

interface WatchingSaved extends RowsSaved {
  readonly answers?: AnswersSaved;
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

/** In pieces of some milliseconds: to take a long reference takes longer than others can wait. */
export function* watchingInPieces(options: WatchingOptions): Generator<void, Watching> {
  const { settings, pkg, clock, heard } = options;
  const { window = WINDOW.standard, hop = Math.max(1, Math.round(window / 4)) } = settings;
  const asks = { data: true, prediction: true, performance: true, faults: true, ...settings.questions };
  const asksOfRows = asks.data || asks.faults;
  const saved = options.saved as WatchingSaved | undefined;
  const share = 1 / [asks.data, asks.prediction, asks.performance].filter((asked) => asked).length;
  const common = {
    ...{ window, hop, share: settings.source === 'stream' && !pkg ? 1 : share },
    ...pick(settings, ['statistic', 'learn', 'falseAlarms', 'extend', 'season']),
  };

  const rows = createRows({ asks, common, pkg, clock, saved });
  if (saved?.columns || (pkg?.reference && options.hasRows && asksOfRows)) yield* rows.begin();

  const answers: Answers | undefined =
    asks.prediction || asks.performance
      ? createAnswers({
          ...{ asks, common, pkg, isOwn: options.isOwn, answersOfReference: options.answersOfReference },
          ...{ clock, saved: saved?.answers },
          late: (found) => heard(seenOf(found, rows.last)),
        })
      : undefined;

  const questions = (): Question[] => [rows.question, answers?.question].filter((question) => question !== undefined);
  const standing = (): Standing => {
    const state = asks.data || asks.prediction || !rows.sensors ? 'learning' : 'calm';
    const alone = { state, since: 0, samples: rows.samples, window } as const;
    return { questions: questions(), answers, faults: rows.sensors?.features ?? [], alone };
  };

  return {
    model: pkg?.reference && identityOf(pkg),
    get doubt() {
      return rows.doubt;
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
      if (parts.rows.length > 0 && asksOfRows) {
        if (!rows.begun) runThrough(rows.begin(parts));
        for (const source of parts.rows) {
          attempt(() => {
            const { answers: found, time, unusual } = rows.take(source, carrier);
            now = time;
            return unusual ? { ...seenOf(found, time), unusual } : seenOf(found, time);
          });
        }
      }
      attempt(() => seenOf(answers?.take(parts) ?? [], now));
      return { ...joined(seen), time: now, ...(error && { error }) };
    },
    silent() {
      const seen = rows.sensors?.silent(clock.monotonic());
      return seen ? { ...seenOf(seen.answers, seen.time), time: seen.time } : NOTHING;
    },
    get silentFrom() {
      return rows.sensors?.silentFrom;
    },
    get summary() {
      return summaryOf(standing());
    },
    picture: () => streamPictureOf(standing(), rows.counts),
    end: () => [...questions().map(endOf), rows.sensors?.end()].filter((event) => event !== undefined),
    save: (): WatchingSaved => ({ ...rows.save(), ...(answers && { answers: answers.save() }) }),
  };
}

const identityOf = ({ manifest: { name, version }, digest }: ModelPackage): ModelIdentity => ({
  ...{ name, version, digest },
});

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
  const entries = keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]);
  return Object.fromEntries(entries) as Partial<Pick<T, K>>;
}
