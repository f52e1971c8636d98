import { type BoardAbilities, boardWorldChange, type SerialPorts } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { errors } from '../errors.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';

/** What is plugged in, what a board can do, and the sliders of its virtual world. */
export function serveBoards(routes: AdminRoutes, { boards }: Services): void {
  /** @throws NODE_NOT_RUNNING */
  const board = async (id = '') => {
    const found = boards.find(id);
    if (!found) throw errors.NODE_NOT_RUNNING({ node: id });
    return await found;
  };

  routes.on('get', '/boards/ports', 'flows.read', async (): Promise<SerialPorts> => ({ ports: await boards.ports() }));

  routes.on('get', '/boards/:id/abilities', 'flows.read', async ({ params }): Promise<BoardAbilities> => {
    return (await board(params['id'])).abilities();
  });

  // Whoever may not change the flows may not change what they measure.
  routes.on('post', '/boards/:id/world', 'flows.write', async ({ params, body }) => {
    const { world } = parseRequest(boardWorldChange, body);
    await (await board(params['id'])).setWorld(world);
    return {};
  });
}
