import type { NodeBehaviour } from '../definition.ts';

/** The nodes that are set up, by id. */
const running = new Map<string, NodeBehaviour>();

/** Lets the routes reach a running node: previews of its dialog, and what it is told. @returns what takes it back */
export function offerToRoutes(id: string, behaviour: NodeBehaviour): () => void {
  running.set(id, behaviour);
  return () => {
    // A deploy may have made the node anew before the old one was closed.
    if (running.get(id) === behaviour) running.delete(id);
  };
}

export const runningNode = (id: string): NodeBehaviour | undefined => running.get(id);
