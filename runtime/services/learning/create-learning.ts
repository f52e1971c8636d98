import { join } from 'node:path';
import type { Clock } from '../../base/index.ts';
import type { DataSets } from '../../datasets/index.ts';
import { evaluateRequest, trainRequest } from '../../messages/index.ts';
import { checkAlias, type Registry } from '../../models/registry/index.ts';
import { createLiveEvaluation } from '../../training/index.ts';
import { errors } from '../errors.ts';
import { createNews } from './news.ts';
import { createQueue } from './queue.ts';
import { createReports } from './reports.ts';
import { runEvaluation } from './run-evaluation.ts';
import { isOver, runTraining } from './run-training.ts';
import { createStaging } from './staging.ts';
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

/** Training and evaluation in processes of their own. Costs nothing until the first. */
export function createLearning({ directory, dataSets, models, clock }: LearningParts): Learning {
  const reports = createReports(join(directory, 'reports'));
  const news = createNews(clock);
  const tools = { dataSets, models, clock, reports, news };
  const training = { ...tools, queue: createQueue(), staging: createStaging(join(directory, 'staging'), clock) };
  const measuring = { ...tools, queue: createQueue(), running: new Set<() => void>() };
  const measured = new Set<Promise<unknown>>();
  const all = new Map<string, Training>();
  let closed = false;

  const refuseSecond = (node: string, model: string) => {
    const own = [...all.values()].find(({ state }) => node !== '' && state.node === node && !isOver(state));
    if (own) throw errors.TRAINING_UNDER_WAY({ model, percent: Math.round(own.state.progress * 100) });
  };
  const forgetOld = () => {
    const ended = [...all].filter(([, { state }]) => isOver(state));
    for (const [id] of ended.slice(0, Math.max(0, ended.length - LISTED))) all.delete(id);
  };

  return {
    async train(given, node = '') {
      const { dataSet, model, choices, alias } = parse(trainRequest, given);
      if (!NAME.test(model)) throw errors.MODEL_NAME_INVALID({ name: model });
      // What would only fail once everything is done is refused before it begins.
      if (alias !== undefined) checkAlias(alias);
      refuseSecond(node, model);
      await (await dataSets.find(dataSet)).close();
      const embedding = choices.embedding === undefined ? undefined : await models.resolve(choices.embedding);
      if (closed) throw errors.LEARNING_CLOSED({});
      // Another one may have come while this one was looked at.
      refuseSecond(node, model);
      training.queue.admit();
      const begun = runTraining(training, { node, dataSet, model, choices, alias, embedding });
      all.set(begun.id, begun);
      void begun.ended.then(forgetOld);
      return begun;
    },
    trainings: () => [...all.values()].map(({ state }) => state).reverse(),
    cancel(id) {
      const begun = all.get(id);
      if (!begun) throw errors.TRAINING_NOT_FOUND({ id });
      begun.cancel();
    },
    onChange: (listener) => news.listen(listener),
    async report(reference) {
      return (await reports.find((await models.resolve(reference)).digest))?.report;
    },
    async evaluate(given) {
      const { model, challenger, dataSet } = parse(evaluateRequest, given);
      const champion = await models.resolve(model);
      const other = challenger === undefined ? undefined : await models.resolve(challenger);
      await (await dataSets.find(dataSet)).close();
      if (closed) throw errors.LEARNING_CLOSED({});
      measuring.queue.admit();
      const answer = runEvaluation(measuring, dataSet, champion, other);
      measured.add(answer);
      return await answer.finally(() => measured.delete(answer));
    },
    stream: (options) => createLiveEvaluation(options),
    trainers: trainerCards,
    async close() {
      closed = true;
      for (const each of all.values()) each.cancel();
      for (const cancel of measuring.running) cancel();
      await Promise.allSettled([...[...all.values()].map(({ ended }) => ended), ...measured]);
      news.close();
    },
  };
}

/** It names a folder too. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

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
