import { red } from '../red.ts';

/** Whether the editor has this node: on a canvas, or among the config nodes. */
export const isThere = (id: string): boolean => Boolean(red().nodes.node(id));

/** Shows a node where it stands: on the canvas, selected, or among the config nodes. */
export function reveal(id: string): void {
  const node = red().nodes.node(id);
  if (!node) return;
  if (node._def.category === 'config') {
    red().sidebar.config.show(id);
    return;
  }
  red().view.reveal(id);
  red().view.select({ nodes: [node] });
}
