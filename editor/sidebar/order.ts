import type { Entry } from '../live/store.ts';
import { red } from '../red.ts';

/**
 * The flow that is looked at first, then as the nodes stand on the canvas, from the top down: which view came first is chance, and
 * changes with every start.
 */
export function asOnCanvas<T extends Entry>(entries: readonly T[]): T[] {
  const placed = entries.map((entry) => ({ entry, node: red().nodes.node(entry.latest.node) }));
  const shown = red().workspaces.active();
  const elsewhere = (z?: string) => (z === shown ? 0 : 1);
  const below = (a = 0, b = 0) => a - b;
  placed.sort(
    (a, b) => elsewhere(a.node?.z) - elsewhere(b.node?.z) || below(a.node?.y, b.node?.y) || below(a.node?.x, b.node?.x),
  );
  return placed.map(({ entry }) => entry);
}
