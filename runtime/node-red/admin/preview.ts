import { errors } from '../errors.ts';
import type { NodeDefinition } from '../definition.ts';
import type { Host } from '../host.ts';
import { readSettings } from '../settings.ts';
import { sharedWith } from '../shares.ts';
import type { AdminRoutes } from './routes.ts';
import { runningNode } from './running-nodes.ts';

/**
 * Serves what a node's dialog shows of settings that are not deployed yet:
 * `POST /millrace/nodes/TYPE/preview` with `{ id, settings }`.
 */
export function servePreview(routes: AdminRoutes, definition: NodeDefinition, { services }: Host): void {
  const { type, preview } = definition;
  if (!preview) return;
  routes.on('post', `/nodes/${type}/preview`, 'flows.read', async ({ body }) => {
    const { id, settings } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    if (typeof settings !== 'object' || settings === null) throw errors.PREVIEW_WITHOUT_SETTINGS({ type });
    const draft = readSettings(definition, { ...settings, id: String(id), type });
    const behaviour = typeof id === 'string' ? runningNode(id) : undefined;
    return await preview(draft, { services, behaviour, shared: sharedWith(type) });
  });
}
