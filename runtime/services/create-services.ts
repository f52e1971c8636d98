import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '../base/index.ts';
import { createBoards } from '../devices/index.ts';
import { createInference } from '../inference/index.ts';
import { fieldKeysIn, gatewayId, openProtector } from '../keys/index.ts';
import { openRegistry } from '../models/registry/index.ts';
import { openMemoryOutbox, openOutbox } from '../outbox/index.ts';
import { BUILT_IN_PORT } from '../outbox/schema.ts';
import { signal } from '../signal/index.ts';
import { answersOf } from './answers-of.ts';
import { leftOut, type OptionalService } from './left-out.ts';
import type { Services } from './services.ts';
import { createViewHub } from './view-hub.ts';
import { compactHeaps } from '../workers/index.ts';

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
  /** Of the services that not every flow needs those that are made; the code of the others is not loaded. Default: all. */
  readonly only?: ReadonlySet<OptionalService>;
  /** Whether all stores share one thread: less memory, and a store may wait for another's disk. Default: no. */
  readonly oneThread?: boolean;
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
  only,
  oneThread = false,
  // Beside virtual time nothing may look at files on its own.
  follow = !trial,
}: ServicesOptions): Promise<Services> {
  const gateway = await gatewayId(directory);
  const views = createViewHub();
  const own = join(directory, 'models');
  const models = openRegistry({ layers, directory: own, clock, follow, ...(pins && { pins }) });
  const boards = createBoards({ clock, thread: trial ? 'here' : 'own' });
  const inference = createInference({ clock, thread: trial ? 'here' : 'own', ...(!trial && { known: models }) });
  // What a trial has seen is nobody's past.
  const kept = !trial && { directory: join(directory, 'drift') };
  // State lies in a folder of the user directory, what people look for beside it.
  const userDir = dirname(directory);
  const outbox = trial
    ? openMemoryOutbox({ gateway, taken: trial.uploaded })
    : openOutbox({
        directory: join(directory, 'outbox'),
        ...{ gateway, clock, userDir, ...(oneThread && { thread: '' }) },
        protector: openProtector(fieldKeysIn(directory), clock),
      });
  const made = async <T>(name: OptionalService, make: () => Promise<T>): Promise<T | undefined> =>
    (only?.has(name) ?? true) ? await make() : undefined;
  const [importer, library, drift, recordings, dataSets, suites] = await Promise.all([
    made('importer', async () => {
      const { createImporter } = await import('../models/import/index.ts');
      return createImporter({ inference, registry: models, clock });
    }),
    made('library', async () => {
      const { createModelLibrary } = await import('./model-library.ts');
      return createModelLibrary({ models, inference, clock });
    }),
    made('drift', async () => {
      const { createDrift } = await import('../drift/index.ts');
      return createDrift({ models, clock, predict: answersOf(inference), ...kept });
    }),
    made('recordings', async () => {
      const { openRecordings } = await import('../datasets/index.ts');
      return openRecordings({ directory: join(directory, 'recordings'), clock, shipped });
    }),
    made('dataSets', async () => {
      const { openDataSets } = await import('../datasets/index.ts');
      return openDataSets({ directory: join(directory, 'data'), clock });
    }),
    made('suites', async () => {
      const { openSuites } = await import('../suites/index.ts');
      return openSuites({ userDir, ...(flows !== undefined && { shipped: flows }) });
    }),
  ]);
  const learning = await made('learning', async () => {
    const { createLearning } = await import('./learning/create-learning.ts');
    const sets = dataSets ?? leftOut('dataSets');
    return createLearning({ directory: join(directory, 'learning'), dataSets: sets, models, clock });
  });
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
    boards,
    inference,
    outbox,
    get importer() {
      return importer ?? leftOut('importer');
    },
    get library() {
      return library ?? leftOut('library');
    },
    get drift() {
      return drift ?? leftOut('drift');
    },
    get recordings() {
      return recordings ?? leftOut('recordings');
    },
    get dataSets() {
      return dataSets ?? leftOut('dataSets');
    },
    get learning() {
      return learning ?? leftOut('learning');
    },
    get suites() {
      return suites ?? leftOut('suites');
    },
    standard: { board: standardBoard.name, target: `built-in broker on 127.0.0.1:${BUILT_IN_PORT}` },
    compact: compactHeaps,
    pause() {
      boards.pause();
      recordings?.pause();
    },
    async close() {
      unlisten();
      // What it has begun uses the others.
      await learning?.close();
      await drift?.close();
      await Promise.all([
        boards.close(),
        inference.close(),
        models.close(),
        outbox.close(),
        recordings?.close(),
        dataSets?.close(),
      ]);
    },
  };
}
