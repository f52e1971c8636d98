import type { Palette } from '../messages/index.ts';
import type { Register } from './define-node.ts';
import { createHost, type Shipped } from './host.ts';
import type { Red } from './red.ts';

/**
 * The body of the palette package's entry: registers every node with Node-RED.
 *
 * @param nodes  each node's registration and how it stands in the palette
 * @param shipped directories of what ships with the nodes
 * @throws DIRECTORY_UNWRITABLE
 */
export async function registerNodes(
  red: Red,
  nodes: readonly { readonly register: Register; readonly palette: Palette }[],
  shipped: Shipped,
): Promise<void> {
  const host = await createHost(red, shipped);
  for (const { register, palette } of nodes) register(red, host, palette);
}
