import { join } from 'node:path';
import { type Clock, systemClock } from '../base/index.ts';
import { createBoards } from '../devices/index.ts';
import { createDrift } from '../drift/index.ts';
import { createInference } from '../inference/index.ts';
import { openRegistry } from '../models/registry/index.ts';
import { openOutbox } from '../outbox/index.ts';
import { BUILT_IN_PORT } from '../outbox/schema.ts';
import { signal } from '../signal/index.ts';
import { gatewayId } from './gateway-id.ts';
import type { Services } from './services.ts';
import { createViewHub } from './view-hub.ts';

export interface ServicesOptions {
  /** Where durable state lies; made if missing. */
  readonly directory: string;
  /** Read-only directories of model packages, the most important first. */
  readonly models: readonly string[];
  readonly clock?: Clock;
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
  clock = systemClock,
}: ServicesOptions): Promise<Services> {
  const gateway = await gatewayId(directory);
  const views = createViewHub();
  const models = openRegistry({ layers, directory: join(directory, 'models') });
  const boards = createBoards({ clock });
  const inference = createInference({ clock });
  const drift = createDrift({ models, clock });
  const outbox = openOutbox({ directory: join(directory, 'outbox'), gateway, clock });
  const standardBoard = { node: 'standard-board', name: 'virtual pump', type: 'board' };
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
    drift,
    outbox,
    standard: { board: standardBoard.name, target: `built-in broker on 127.0.0.1:${BUILT_IN_PORT}` },
    pause: () => boards.pause(),
    async close() {
      unlisten();
      await Promise.all([boards.close(), inference.close(), outbox.close()]);
    },
  };
}
