import { type DriftAnswer, type DriftHistory, driftHistoryRequest, type DriftPicture } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';

/** What is watched on this machine: the list, a node as it is now, and its past. */
export function serveDrift(routes: AdminRoutes, { drift }: Services): void {
  routes.on('get', '/drift', 'flows.read', async (): Promise<DriftAnswer> => ({
    streams: [...(await drift.streams())],
  }));
  routes.on('get', '/drift/:node', 'flows.read', ({ params }): Promise<DriftPicture> => {
    return drift.picture(params['node'] ?? '');
  });
  routes.on('get', '/drift/:node/history', 'flows.read', ({ params, query }): Promise<DriftHistory> => {
    const { from, to, points } = parseRequest(driftHistoryRequest, query);
    const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    return drift.history(params['node'] ?? '', { ...span, ...(points !== undefined && { points }) });
  });
}
