import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, counter, newId, toPlainError } from '../../base/index.ts';
import type { DataSets } from '../../datasets/index.ts';
import type { TrainingChoices, TrainingState } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import type { Registry } from '../../models/registry/index.ts';
import { asTrainingError, runApart } from '../../training/index.ts';
import { errors } from '../errors.ts';
import type { News } from './news.ts';
import type { Queue } from './queue.ts';
import type { Reports } from './reports.ts';
import type { Staging } from './staging.ts';
import { storeModel } from './store-model.ts';
import type { Training } from './types.ts';

export interface TrainingTools {
  readonly dataSets: DataSets;
  readonly models: Registry;
  readonly clock: Clock;
  readonly reports: Reports;
  readonly staging: Staging;
  readonly queue: Queue;
  readonly news: News;
}

/** What is to be trained: checked, and with what it names at hand. */
export interface TrainingOrder {
  readonly node: string;
  readonly dataSet: string;
  readonly model: string;
  readonly choices: TrainingChoices;
  readonly alias: string | undefined;
  readonly embedding: ModelPackage | undefined;
}

export const isOver = ({ state }: TrainingState): boolean => state !== 'waiting' && state !== 'running';

const trained = counter('millrace_trainings_total', 'Trainings that have ended, by how');

/** One training from its place in the queue to its end, however it ends. */
export function runTraining(tools: TrainingTools, order: TrainingOrder): Training {
  const { clock, staging, queue, news } = tools;
  const id = newId();
  const folder = staging.take(id);
  let state: TrainingState = {
    ...{ id, node: order.node, dataSet: order.dataSet, model: order.model, state: 'waiting', progress: 0 },
    ...{ step: 'waiting for another training', started: clock.now() },
  };
  const change = (changes: Partial<TrainingState>, urgent = true) => {
    state = { ...state, ...changes };
    news.tell(state, urgent);
  };
  let cancelled = false;
  let endProcess: () => void = () => undefined;
  const cancel = () => {
    if (isOver(state)) return;
    cancelled = true;
    endProcess();
    if (state.state === 'waiting') change({ state: 'cancelled', step: '' });
  };

  const work = async () => {
    if (cancelled) return;
    change({ state: 'running', step: 'starting', started: clock.now() });
    await staging.tidied();
    const report = await train(tools, order, folder, change, (end) => {
      endProcess = end;
      if (cancelled) end();
    });
    change({ state: 'done', progress: 1, step: '', report });
  };
  const end = async (): Promise<TrainingState> => {
    try {
      await queue.run(work);
    } catch (thrown) {
      if (cancelled) change({ state: 'cancelled', step: '' });
      else change({ state: 'failed', step: '', error: toPlainError(asTrainingError(thrown)) });
    } finally {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      staging.give(folder);
      trained.add(1, { how: state.state });
    }
    return state;
  };
  const ended = end();
  return {
    ...{ id, ended, cancel },
    get state() {
      return state;
    },
  };
}

/** In a process of its own; its model is stored when everything about it is right. */
async function train(
  { dataSets, models, clock, reports }: TrainingTools,
  { dataSet, model, choices, alias, embedding }: TrainingOrder,
  folder: string,
  change: (changes: Partial<TrainingState>, urgent?: boolean) => void,
  begun: (end: () => void) => void,
) {
  const version = await models.nextVersion(model);
  const parent = (await models.find(model).catch(() => undefined))?.digest;
  await mkdir(folder, { recursive: true });
  const staging = join(folder, 'package');
  const apart = await runApart(
    {
      ...{ kind: 'train', dataSets: dataSets.directories, dataSet, model, version, choices, staging },
      ...(parent !== undefined && { parent }),
      ...(embedding && { embedding: embedding.directory }),
    },
    clock,
    (progress, step) => change({ progress, step }, false),
  );
  begun(() => apart.cancel());
  const { report, learnt } = await apart.outcome;
  // From here on it is quicker to finish than to cancel.
  change({ progress: 0.98, step: 'storing the model' });
  // Of a version that is stored in the end this is known; of one that is not nobody asks.
  await reports.keep({ report, learnt });
  const entry = await storeModel(models, staging);
  const stored = {
    ...report,
    model: { name: model, version: entry.version ?? version, digest: entry.digest ?? '' },
  };
  if (entry.digest !== report.model.digest) await reports.keep({ report: stored, learnt }).catch(() => undefined);
  if (alias !== undefined) await moveAlias(models, model, alias, stored.model.version);
  return stored;
}

/** @throws ALIAS_NOT_MOVED: the version is there all the same */
async function moveAlias(models: Registry, model: string, alias: string, version: string): Promise<void> {
  try {
    await models.alias(model, alias, version);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw errors.ALIAS_NOT_MOVED({ model, version, alias, reason }, { cause });
  }
}
