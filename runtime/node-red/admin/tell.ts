import { runAs } from '../attribution.ts';
import { errors } from '../errors.ts';
import type { AdminRoutes } from './routes.ts';
import { runningNode } from './running-nodes.ts';

/**
 * Serves buttons of the sidebar and of dialogs that act on a running node: `POST /millrace/tell/ID` with the command. What it
 * means, and what is answered, is the node's own affair.
 */
export function serveTell(routes: AdminRoutes): void {
  routes.on('post', '/tell/:id', 'flows.write', async ({ params, body }) => {
    const id = params['id'] ?? '';
    const behaviour = runningNode(id);
    if (!behaviour) throw errors.NODE_NOT_RUNNING({ node: id });
    if (!behaviour.told) throw errors.REQUEST_INVALID({ setting: 'id', problem: `the node "${id}" takes no commands` });
    return (await runAs(id, async () => behaviour.told?.(body))) ?? {};
  });
}
