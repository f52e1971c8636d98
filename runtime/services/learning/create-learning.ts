import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, counter, newId, toPlainError } from '../../base/index.ts';
import type { DataSets } from '../../datasets/index.ts';
import { evaluateRequest, type ModelIdentity, type TrainingState, trainRequest } from '../../messages/index.ts';
import type { Registry } from '../../models/registry/index.ts';
import { asTrainingError, createLiveEvaluation, type Measured, runApart } from '../../training/index.ts';
import { errors } from '../errors.ts';
import { createNews } from './news.ts';
import { createQueue } from './queue.ts';
import { createReports } from './reports.ts';
import { stagingOf, tidyStaging } from './staging.ts';
import { storeModel } from './store-model.ts';
import { trainerCards } from './trainer-cards.ts';
import type { Learning, Training } from './types.ts';

export interface LearningParts {
  /** Where reports and unfinished packages lie; made if missing. */
  readonly directory: string;
  readonly dataSets: DataSets;
  readonly models: Registry;
  readonly clock: Clock;
}

/** Trainings that have ended and are still listed. */
const LISTED = 20;

const trained = counter('millrace_trainings_total', 'Trainings that have ended, by how');

interface Running {
  state: TrainingState;
  readonly training: Training;
  /** Ends it, wherever it is. */
  stop(): void;
}

/** Training and evaluation in processes of their own. Costs nothing until the first. */
export function createLearning({ directory, dataSets, models, clock }: LearningParts): Learning {
  const reports = createReports(join(directory, 'reports'));
  const staging = join(directory, 'staging');
  const inUse = new Set<string>();
  const all = new Map<string, Running>();
  const queue = createQueue();
  const evaluations = createQueue();
  const ending = new Set<() => void>();
  const news = createNews(clock);
  let tidied: Promise<void> | undefined;
  let closed = false;

  const forgetOld = () => {
    const ended = [...all].filter(([, { state }]) => isOver(state));
    for (const [id] of ended.slice(0, Math.max(0, ended.length - LISTED))) all.delete(id);
  };

  const learning: Learning = {
    async train(given, node = '') {
      const { dataSet, model, choices, alias } = parse(trainRequest, given);
      if (!NAME.test(model)) throw errors.MODEL_NAME_INVALID({ name: model });
      const own = [...all.values()].find(({ state }) => node !== '' && state.node === node && !isOver(state));
      if (own) throw errors.TRAINING_UNDER_WAY({ model, percent: Math.round(own.state.progress * 100) });
      await (await dataSets.find(dataSet)).close();
      const embedding = choices.embedding === undefined ? undefined : await models.resolve(choices.embedding);
      if (closed) throw errors.LEARNING_CLOSED({});
      queue.admit();
      tidied ??= tidyStaging(staging, inUse, clock.now()).catch(() => undefined);

      const id = newId();
      const folder = stagingOf(staging, id);
      let cancelChild: (() => void) | undefined;
      let cancelled = false;
      const change = (changes: Partial<TrainingState>, urgent = true) => {
        running.state = { ...running.state, ...changes };
        news.tell(running.state, urgent);
      };

      const work = async (): Promise<void> => {
        if (cancelled) return;
        change({ state: 'running', step: 'starting', started: clock.now() });
        await tidied;
        const version = await models.nextVersion(model);
        const parent = (await models.find(model).catch(() => undefined))?.digest;
        await mkdir(folder, { recursive: true });
        const made = join(folder, 'package');
        const apart = await runApart(
          {
            ...{ kind: 'train', dataSets: dataSets.directories, dataSet, model, version, choices, staging: made },
            ...(parent !== undefined && { parent }),
            ...(embedding && { embedding: embedding.directory }),
          },
          clock,
          (progress, step) => change({ progress, step }, false),
        );
        cancelChild = () => apart.cancel();
        if (cancelled) apart.cancel();
        const { report, learnt } = await apart.outcome;
        // From here on it is quicker to finish than to cancel.
        change({ progress: 0.98, step: 'storing the model' });
        // Of a version that is stored in the end this is known; of one that is not nobody asks.
        await reports.keep({ report, learnt });
        const entry = await storeModel(models, made);
        const stored = {
          ...report,
          model: { name: model, version: entry.version ?? version, digest: entry.digest ?? '' },
        };
        if (entry.digest !== report.model.digest) await reports.keep({ report: stored, learnt }).catch(() => undefined);
        if (alias !== undefined && entry.version !== undefined) await models.alias(model, alias, entry.version);
        change({ state: 'done', progress: 1, step: '', report: stored });
      };

      const end = async (): Promise<TrainingState> => {
        inUse.add(folder);
        try {
          await queue.run(work);
        } catch (thrown) {
          if (cancelled) change({ state: 'cancelled', step: '' });
          else change({ state: 'failed', step: '', error: toPlainError(asTrainingError(thrown)) });
        } finally {
          ending.delete(stop);
          await rm(folder, { recursive: true, force: true }).catch(() => undefined);
          inUse.delete(folder);
          trained.add(1, { how: running.state.state });
          forgetOld();
        }
        return running.state;
      };
      const stop = () => {
        if (isOver(running.state)) return;
        cancelled = true;
        cancelChild?.();
        if (running.state.state === 'waiting') change({ state: 'cancelled', step: '' });
      };
      const running: Running = {
        state: {
          ...{ id, node, dataSet, model, state: 'waiting', progress: 0 },
          ...{ step: 'waiting for another training', started: clock.now() },
        },
        stop,
        training: {
          id,
          get state() {
            return running.state;
          },
          get ended() {
            return ended;
          },
          cancel: stop,
        },
      };
      all.set(id, running);
      ending.add(stop);
      const ended = end();
      return running.training;
    },
    trainings: () => [...all.values()].map(({ state }) => state).reverse(),
    cancel(id) {
      const running = all.get(id);
      if (!running) throw errors.TRAINING_NOT_FOUND({ id });
      running.stop();
    },
    onChange: (listener) => news.listen(listener),
    async report(reference) {
      return (await reports.find((await models.resolve(reference)).digest))?.report;
    },
    async evaluate(given) {
      const { model, challenger, dataSet } = parse(evaluateRequest, given);
      const wanted = [model, ...(challenger === undefined ? [] : [challenger])];
      const packages = await Promise.all(wanted.map((reference) => models.resolve(reference)));
      await (await dataSets.find(dataSet)).close();
      if (closed) throw errors.LEARNING_CLOSED({});
      evaluations.admit();
      const [champion, other] = await Promise.all(
        packages.map(async ({ directory: place, digest }) => {
          const kept = await reports.find(digest);
          return { directory: place, ...(kept?.report.dataSet.name === dataSet && { learnt: kept.learnt }) };
        }),
      );
      const outcome = await evaluations.run(async () => {
        const apart = await runApart(
          {
            ...{ kind: 'evaluate', dataSets: dataSets.directories, dataSet, champion: champion as Measured },
            ...(other && { challenger: other }),
          },
          clock,
        );
        const cancel = () => apart.cancel();
        ending.add(cancel);
        return await apart.outcome.finally(() => ending.delete(cancel));
      });
      const [first, second] = packages.map(({ manifest: { name, version }, digest }) => ({ name, version, digest }));
      return {
        ...{ model: first as ModelIdentity, dataSet, words: outcome.words, evaluation: outcome.champion },
        ...(second && outcome.challenger && { challenger: { model: second, ...outcome.challenger } }),
        time: clock.now(),
      };
    },
    stream: (options) => createLiveEvaluation(options),
    trainers: trainerCards,
    async close() {
      closed = true;
      for (const stop of [...ending]) stop();
      await Promise.all([...all.values()].map(({ training }) => training.ended));
      news.close();
    },
  };
  return learning;
}

const NAME = /^[a-z0-9][a-z0-9._-]*$/;
const isOver = ({ state }: TrainingState) => state !== 'waiting' && state !== 'running';

function parse<T>(
  schema: {
    safeParse(
      value: unknown,
    ):
      | { success: true; data: T }
      | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
  },
  given: unknown,
): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw errors.LEARNING_REQUEST_INVALID({
    setting: issue?.path.map(String).join('.') ?? '',
    problem: issue?.message ?? '',
  });
}
