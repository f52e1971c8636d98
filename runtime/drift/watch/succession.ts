/** Which reference a stream is held against, and what takes the place of what. */
import { type Clock, MillraceError } from '../../base/index.ts';
import type { ModelIdentity } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import type { DriftOptions } from '../create-drift.ts';
import { runInTurns, runThrough } from '../run-through.ts';
import { WINDOW } from '../schema.ts';
import type { WatchSettings } from '../types.ts';
import { chooseReference } from './choose-reference.ts';
import type { HealthyAnswers } from './healthy-answers.ts';
import type { KeptWatch, WatchSaved } from './kept-watch.ts';
import { createMixture } from './mixture.ts';
import type { MessageParts } from './read-message.ts';
import type { Seen } from './seen.ts';
import { type Watching, watchingInPieces } from './watching.ts';

/** A reference that could not be had is asked for again after this many ms, not with each message. */
const RETRY = 5000;

export interface Succession {
  /** What is watched with, or will be. */
  readonly current: Current | undefined;
  /**
   * A message has come that is to be watched: where another model made it than those before, its reference takes the place of
   * theirs.
   *
   * @throws DRIFT_MODELS_MIXED
   */
  heed(parts: MessageParts): Current;
  /** The reference of another model from the next message on: of the node's choice. */
  follow(model: ModelPackage): void;
  /** What comes from now on is as it should be. @returns undefined where nothing could be given up yet: it will be then */
  relearn(): Watching | undefined;
  save(made: Watching): Pick<WatchSaved, 'reference' | 'relearned' | 'watching'>;
}

/** `made` is there at once when `ready` has resolved. */
export interface Current {
  /** The model whose predictions it is for; `undefined` where the messages name none. */
  readonly predicted: ModelIdentity | undefined;
  readonly ready: Promise<Watching>;
  readonly made?: Watching;
}

interface Making extends Current {
  made?: Watching;
  /** Since when it has failed, on the clock that never goes back. */
  failed?: number;
}

interface SuccessionOptions extends Pick<DriftOptions, 'models'> {
  readonly settings: WatchSettings;
  readonly clock: Clock;
  readonly healthyAnswers: HealthyAnswers;
  readonly kept: KeptWatch;
  /** Goes on with events that were open when it was kept; with none, where that is left out. */
  readonly reopen: (open?: unknown) => void;
  /** What comes about without a message. */
  readonly heard: (watching: Watching, seen: Seen) => void;
  /** Is given up for what the stream is now. @param time of the message that led to it, if one did */
  readonly givenUp: (watching: Watching, time?: number) => void;
}

export function createSuccession(options: SuccessionOptions): Succession {
  const { models, settings, clock, healthyAnswers, kept, reopen, heard, givenUp } = options;
  const fixed = settings.model !== undefined || settings.source === 'stream';
  const mixture = createMixture(settings.window ?? WINDOW.standard);
  let current: Making | undefined;
  let chosen = settings.model;
  /** The newest package, and whether its reference was given up: what comes is normal now. */
  let pkg: ModelPackage | undefined;
  let relearned = false;
  /** That is asked for, and there was nothing yet that could be given up. */
  let wished = false;

  const piecesOf = function* (found: ModelPackage | undefined, saved: unknown, hasRows: boolean) {
    pkg = found;
    const made: Watching = yield* watchingInPieces({
      ...{ settings, clock, saved, hasRows },
      pkg: relearned && found ? withoutReference(found) : found,
      isOwn: ({ digest }) => digest === found?.digest,
      answersOfReference: found && !relearned ? healthyAnswers(found) : undefined,
      heard: (seen) => heard(made, seen),
    });
    return made;
  };

  const make = async (predicted: ModelIdentity | undefined, { rows }: MessageParts): Promise<Watching> => {
    const [found, saved] = await Promise.all([
      clock.hold(chooseReference(models, { ...settings, model: chosen }, predicted, rows[0]?.values)),
      kept.load(),
    ]);
    const made = (before: unknown) => clock.hold(runInTurns(piecesOf(found, before, rows.length > 0)));
    if (saved?.reference !== referenceOf(found)) {
      // What was given up was another's.
      relearned = false;
      return await made(undefined);
    }
    kept.drop();
    relearned = saved.relearned;
    reopen(saved.open);
    return await made(saved.watching).catch((thrown: unknown) => {
      if (thrown instanceof MillraceError) throw thrown;
      // Of another version of Millrace, or damaged: it begins anew.
      reopen();
      return made(undefined);
    });
  };

  /** In the place of what is known: what comes from now on is as it should be. */
  const anew = (made: Watching, time?: number): Watching => {
    givenUp(made, time);
    relearned = true;
    wished = false;
    return runThrough(piecesOf(pkg, undefined, false));
  };

  const begin = (predicted: ModelIdentity | undefined, parts: MessageParts): Making => {
    const ready = make(predicted, parts).then((made) => {
      begun.made = wished && current === begun ? anew(made, parts.time) : made;
      return begun.made;
    });
    const begun: Making = { predicted, ready };
    ready.catch(() => (begun.failed = clock.monotonic()));
    return begun;
  };

  const isStale = ({ predicted, failed }: Making, wanted: ModelIdentity | undefined) =>
    predicted?.digest !== wanted?.digest || (failed !== undefined && clock.monotonic() - failed >= RETRY);

  return {
    get current() {
      return current;
    },
    heed(parts) {
      // A message that names no model does not end the watch of one.
      const predicted = fixed ? undefined : (parts.model ?? current?.predicted);
      mixture.hear(predicted, current?.predicted);
      if (!current || isStale(current, predicted)) current = begin(predicted, parts);
      return current;
    },
    follow(model) {
      chosen = model;
      current = undefined;
    },
    relearn() {
      if (!current?.made) {
        wished = true;
        return undefined;
      }
      const { predicted } = current;
      const made = anew(current.made);
      current = { predicted, ready: Promise.resolve(made), made };
      return made;
    },
    save(made) {
      kept.drop();
      return { reference: referenceOf(pkg), relearned, watching: made.save() };
    },
  };
}

const referenceOf = (pkg: ModelPackage | undefined) => (pkg?.reference ? pkg.digest : 'stream');
const withoutReference = ({ reference: _, ...pkg }: ModelPackage): ModelPackage => pkg;
