import type { Palette } from '../messages/index.ts';
import type { Register } from './define-node.ts';
import { createHost, type Shipped } from './host.ts';
import type { Red } from './red.ts';

/** A node of the palette, whose code is loaded when it is needed. */
export interface PaletteNode {
  readonly type: string;
  load(): Promise<{ readonly register: Register; readonly palette: Palette }>;
}

/**
 * The body of the palette package's entry: registers every node with Node-RED; where the host says which types its flow uses
 * (it has no editor, so the flow cannot change) only those.
 *
 * @param nodes  each node's registration and how it stands in the palette, in the order of the palette
 * @param shipped directories of what ships with the nodes
 * @throws DIRECTORY_UNWRITABLE
 */
export async function registerNodes(red: Red, nodes: readonly PaletteNode[], shipped: Shipped): Promise<void> {
  const used = red.settings.millrace?.types;
  const needed = nodes.filter(({ type }) => used?.has(type) ?? true);
  const [host, ...loaded] = await Promise.all([createHost(red, shipped), ...needed.map((node) => node.load())]);
  for (const { register, palette } of loaded) register(red, host, palette);
}
