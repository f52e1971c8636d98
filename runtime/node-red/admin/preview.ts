import { errors } from '../errors.ts';
import type { NodeBehaviour, NodeDefinition } from '../definition.ts';
import type { Host } from '../host.ts';
import { readSettings } from '../settings.ts';
import { sharedWith } from '../shares.ts';
import type { AdminRoutes } from './routes.ts';

/** The nodes of each type that are set up, by id. */
const running = new Map<string, NodeBehaviour>();

/** Offers a running node's behaviour to the previews of its dialog. @returns what takes it back */
export function offerToPreview(id: string, behaviour: NodeBehaviour): () => void {
  running.set(id, behaviour);
  return () => {
    // A deploy may have made the node anew before the old one was closed.
    if (running.get(id) === behaviour) running.delete(id);
  };
}

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
    const behaviour = typeof id === 'string' ? running.get(id) : undefined;
    return await preview(draft, { services, behaviour, shared: sharedWith(type) });
  });
}
