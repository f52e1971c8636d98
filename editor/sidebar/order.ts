import type { Entry } from '../live/store.ts';
import { type EditorNode, red } from '../red.ts';

/** The place of an entry on the canvas: smaller ones come first. */
interface Place {
  /** 0: in the flow that is looked at. */
  readonly elsewhere: 0 | 1;
  readonly y: number;
  readonly x: number;
}

/** What stands nowhere comes last. */
const NOWHERE: Place = { elsewhere: 1, y: Infinity, x: Infinity };

const compare = (a: Place, b: Place) => {
  // Infinity less Infinity is no number.
  const [key] = (['elsewhere', 'y', 'x'] as const).filter((each) => a[each] !== b[each]);
  return key === undefined ? 0 : a[key] - b[key];
};

/** The nodes by which something stands on the canvas: itself, or those that use it, such as the sensors of a board. */
function standing(id: string): readonly EditorNode[] {
  const node = red().nodes.node(id);
  if (node) return node.users ?? [node];
  // The built-in one is used by those that name none.
  const users: EditorNode[] = [];
  red().nodes.eachNode((each) => {
    if ('board' in each && !each['board']) users.push(each);
  });
  return users;
}

function placeOf(id: string, shown: string): Place {
  const places = standing(id).map(({ z, x = 0, y = 0 }): Place => ({ elsewhere: z === shown ? 0 : 1, y, x }));
  return places.sort(compare)[0] ?? NOWHERE;
}

/**
 * The flow that is looked at first, then as the nodes stand on the canvas, from the top down: which view came first is chance, and
 * changes with every start. A config node stands where the first of its users does.
 */
export function asOnCanvas<T extends Entry>(entries: readonly T[]): T[] {
  const shown = red().workspaces.active();
  const placed = entries.map((entry) => ({ entry, place: placeOf(entry.latest.node, shown) }));
  return placed.sort((a, b) => compare(a.place, b.place)).map(({ entry }) => entry);
}

/** Cards of the flow that is looked at before all others; among themselves both stay as they are. */
export function shownFlowFirst<T extends { readonly entry: Entry }>(cards: readonly T[]): T[] {
  const shown = red().workspaces.active();
  const placed = cards.map((card) => ({ card, ...placeOf(card.entry.latest.node, shown) }));
  return placed.sort((a, b) => a.elsewhere - b.elsewhere).map(({ card }) => card);
}
