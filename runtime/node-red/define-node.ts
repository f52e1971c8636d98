/**
 * `defineNode`: the one place that knows Node-RED's traps. A node folder says what its node does; this says how that
 * becomes a Node-RED node: settings parsed, errors reported once, closing awaited, statuses worded, views throttled.
 */
import type { z } from 'zod';
import { type Palette, settings } from '../messages/index.ts';
import { servePreview } from './admin/preview.ts';
import { adminRoutes } from './admin/routes.ts';
import { attach } from './attach.ts';
import { runAs } from './attribution.ts';
import type { NodeDefinition } from './definition.ts';
import type { Host } from './host.ts';
import { watchLog } from './log-watch.ts';
import type { Red, RedNode, SavedConfig } from './red.ts';

/** What a node.ts exports: called once by the package's entry when Node-RED loads it. */
export type Register = (red: Red, host: Host, palette: Palette) => void;

/**
 * Makes a Node-RED node of a definition.
 *
 * @example
 * export default defineNode({
 *   type: 'double',
 *   config: z.object({ name: settings.text() }),
 *   setup: () => ({
 *     input(message, send) {
 *       send({ ...message, payload: Number(message.payload) * 2 });
 *     },
 *   }),
 * });
 */
export function defineNode<Schema extends z.ZodType>(definition: NodeDefinition<Schema>): Register {
  return (red, host, palette) => {
    const log = watchLog(red);
    const credentials = Object.fromEntries(
      (definition.credentials ?? []).map((name) => [name, { type: settings.credentialType(name) }]),
    );
    servePreview(adminRoutes(red), definition, host);
    red.nodes.registerType(
      definition.type,
      function (this: RedNode, saved: SavedConfig) {
        red.nodes.createNode(this, saved);
        runAs(saved.id, () => attach({ node: this, saved, definition, palette, red, host, log }));
      },
      definition.credentials ? { credentials } : undefined,
    );
  };
}
