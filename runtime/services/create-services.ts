import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '../base/index.ts';
import { createBoards } from '../devices/index.ts';
import { openDataSets, openRecordings } from '../datasets/index.ts';
import { createDrift } from '../drift/index.ts';
import { createInference } from '../inference/index.ts';
import { fieldKeysIn, gatewayId, openProtector } from '../keys/index.ts';
import { createImporter } from '../models/import/index.ts';
import { openRegistry } from '../models/registry/index.ts';
import { openMemoryOutbox, openOutbox } from '../outbox/index.ts';
import { BUILT_IN_PORT } from '../outbox/schema.ts';
import { signal } from '../signal/index.ts';
import { openSuites } from '../suites/index.ts';
import { answersOf } from './answers-of.ts';
import { createLearning } from './learning/create-learning.ts';
import { createModelLibrary } from './model-library.ts';
import type { Services } from './services.ts';
import { createViewHub } from './view-hub.ts';

export interface ServicesOptions {
  /** Where durable state lies; made if missing. */
  readonly directory: string;
  /** Read-only directories of model packages, the most important first. */
  readonly models: readonly string[];
  /** Of a bundle: which version each reference of its flow means. */
  readonly pins?: Readonly<Record<string, string>>;
  /** Whether models and aliases that other processes change are followed. Default: but for trials. */
  readonly follow?: boolean;
  /** The folder of the flows that ship, as `NAME/flow.json` with `NAME/tests/`. */
  readonly flows?: string;
  /** Read-only directories of recordings. */
  readonly recordings?: readonly string[];
  readonly clock?: Clock;
  /** For trying a flow out: boards and models run in this thread, and so in its virtual time; targets take everything and send nothing. */
  readonly trial?: Trial;
}

export interface Trial {
  /** Told of each upload in its wire form, and of the target's id (`built-in` where none was chosen). */
  readonly uploaded: (target: string, message: Readonly<Record<string, unknown>>) => void;
}

/**
 * Assembles what the nodes of one process share. Costs little: workers, files and sockets are opened by what first
 * needs them.
 *
 * @throws DIRECTORY_UNWRITABLE, GATEWAY_ID_DAMAGED
 */
export async function createServices({
  directory,
  models: layers,
  recordings: shipped = [],
  flows,
  pins,
  clock = systemClock,
  trial,
  // Beside virtual time nothing may look at files on its own.
  follow = !trial,
}: ServicesOptions): Promise<Services> {
  const gateway = await gatewayId(directory);
  const views = createViewHub();
  const own = join(directory, 'models');
  const models = openRegistry({ layers, directory: own, clock, follow, ...(pins && { pins }) });
  const boards = createBoards({ clock, thread: trial ? 'here' : 'own' });
  const inference = createInference({ clock, thread: trial ? 'here' : 'own', ...(!trial && { known: models }) });
  const importer = createImporter({ inference, registry: models, clock });
  // What a trial has seen is nobody's past.
  const kept = !trial && { directory: join(directory, 'drift') };
  // State lies in a folder of the user directory, what people look for beside it.
  const userDir = dirname(directory);
  const drift = createDrift({ models, clock, predict: answersOf(inference), ...kept });
  const outbox = trial
    ? openMemoryOutbox({ gateway, taken: trial.uploaded })
    : openOutbox({
        directory: join(directory, 'outbox'),
        ...{ gateway, clock, userDir },
        protector: openProtector(fieldKeysIn(directory), clock),
      });
  const recordings = openRecordings({ directory: join(directory, 'recordings'), clock, shipped });
  const dataSets = openDataSets({ directory: join(directory, 'data'), clock });
  const learning = createLearning({ directory: join(directory, 'learning'), dataSets, models, clock });
  const suites = openSuites({ userDir, ...(flows !== undefined && { shipped: flows }) });
  const standardBoard = { node: 'standard', name: 'virtual pump', type: 'board' };
  const unlisten = boards.onStandardState((state) =>
    views.publish({
      ...{ ...standardBoard, time: clock.now() },
      ...(state ? { kind: 'board', ...state } : { kind: 'cleared', what: 'node' }),
    }),
  );
  return {
    directory,
    gateway,
    clock,
    views,
    signal,
    models,
    importer,
    library: createModelLibrary({ models, inference, clock }),
    boards,
    inference,
    drift,
    outbox,
    recordings,
    dataSets,
    learning,
    suites,
    standard: { board: standardBoard.name, target: `built-in broker on 127.0.0.1:${BUILT_IN_PORT}` },
    pause() {
      boards.pause();
      recordings.pause();
    },
    async close() {
      unlisten();
      // What it has begun uses the others.
      await learning.close();
      await drift.close();
      await Promise.all([
        boards.close(),
        inference.close(),
        models.close(),
        outbox.close(),
        recordings.close(),
        dataSets.close(),
      ]);
    },
  };
}
