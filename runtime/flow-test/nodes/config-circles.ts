import type { parseFlow } from '../../server/index.ts';
import { errors } from '../errors.ts';

/** What Node-RED does not take for a reference. */
const NO_REFERENCE = new Set(['id', 'wires', '_users']);
/** What stands on no canvas, and is no config node either. */
const CONTAINERS = new Set(['tab', 'subflow', 'group']);

/**
 * Node-RED waits for the config nodes that a config node refers to before it makes it, and takes every setting that is an id of one
 * for a reference: it gives up, with all flows, where a node waits for itself.
 *
 * @throws TEST_CONFIG_NAMES_ITSELF
 */
export function refuseCircles(flow: ReturnType<typeof parseFlow>): void {
  for (const node of flow) {
    if ('x' in node || 'y' in node || CONTAINERS.has(node.type) || node['d'] === true) continue;
    const setting = Object.keys(node).find((key) => !NO_REFERENCE.has(key) && node[key] === node.id);
    if (setting !== undefined) throw errors.TEST_CONFIG_NAMES_ITSELF({ node: node.id, type: node.type, setting });
  }
}
