import type { Entry } from '../live/store.ts';
import { red } from '../red.ts';

/** As the nodes stand on the canvas, from the top down: which view came first is chance, and changes with every start. */
export function asOnCanvas<T extends Entry>(entries: readonly T[]): T[] {
  const placed = entries.map((entry) => ({ entry, node: red().nodes.node(entry.latest.node) }));
  const below = (a = 0, b = 0) => a - b;
  placed.sort((a, b) => below(a.node?.y, b.node?.y) || below(a.node?.x, b.node?.x));
  return placed.map(({ entry }) => entry);
}
