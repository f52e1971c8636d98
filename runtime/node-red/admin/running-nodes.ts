import type { NodeBehaviour } from '../definition.ts';

/** The nodes that are set up, by id. */
const running = new Map<string, { readonly name: string; readonly behaviour: NodeBehaviour }>();

/**
 * Lets the routes reach a running node: previews of its dialog, and what it is told.
 *
 * @param name as the user gave it; '' for none
 * @returns what takes it back
 */
export function offerToRoutes(id: string, name: string, behaviour: NodeBehaviour): () => void {
  running.set(id, { name, behaviour });
  return () => {
    // A deploy may have made the node anew before the old one was closed.
    if (running.get(id)?.behaviour === behaviour) running.delete(id);
  };
}

export const runningNode = (id: string): NodeBehaviour | undefined => running.get(id)?.behaviour;

/** As the user gave it; '' where there is none, or no such node. */
export const nameOfRunning = (id: string): string => running.get(id)?.name ?? '';
