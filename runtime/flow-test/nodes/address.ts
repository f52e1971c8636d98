/**
 * Where a node stands, so that the same node of two instances of a subflow are two: the ids of the instances that it is in
 * and its own, with `/` between. It is what Node-RED calls its path, without the tab.
 */
import type { NodeConfig, RedNode } from '../../server/index.ts';

export type Address = string;

const withoutTab = (path: string): Address => path.slice(path.indexOf('/') + 1);

/** Of a node that Node-RED is about to make. */
export function addressOfConfig(config: NodeConfig): Address {
  const path = (config as { readonly _path?: unknown })._path;
  return typeof path === 'string' ? withoutTab(path) : config.id;
}

/** Of a node that Node-RED has made. */
export function addressOfNode(node: RedNode): Address {
  // An instance of a subflow has no path of its own; the flow inside it has.
  const path = node._path ?? (node.type.startsWith('subflow:') ? node._flow?.path : undefined);
  return path === undefined ? node.id : withoutTab(path);
}
