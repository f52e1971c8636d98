import type { FlowNode } from '../types.ts';

/** Where something stands in the editor; of a group also its size. */
export type Position = Readonly<Record<string, unknown>>;

/** A subflow's own ends stand somewhere too. */
const ENDS = ['in', 'out', 'status'] as const;

/** Takes out of a node what says only where it stands in the editor. */
export function takePosition(node: FlowNode): { readonly node: FlowNode; readonly position: Position | undefined } {
  const position: Record<string, unknown> = {};
  const rest: Record<string, unknown> = { ...node };
  // Only of what stands on a tab: in the settings of others an x may be anything.
  if (isNumber(node['x']) && isNumber(node['y'])) {
    for (const key of ['x', 'y', ...(node.type === 'group' ? ['w', 'h'] : [])]) {
      if (!isNumber(rest[key])) continue;
      position[key] = rest[key];
      delete rest[key];
    }
  }
  if (node.type === 'subflow') {
    for (const key of ENDS) {
      const ends = takeEnds(node[key]);
      if (!ends) continue;
      position[key] = ends.positions;
      rest[key] = ends.rest;
    }
  }
  return { node: rest as FlowNode, position: Object.keys(position).length > 0 ? position : undefined };
}

/** The inverse of `takePosition`. What does not fit is left out: a node stands somewhere else then, nothing more. */
export function putPosition(node: FlowNode, position: Position | undefined): FlowNode {
  if (!position) return node;
  const placed: Record<string, unknown> = { ...node };
  for (const [key, value] of Object.entries(position)) {
    if (['x', 'y', 'w', 'h'].includes(key) && isNumber(value)) placed[key] = value;
    const ends = placed[key];
    if (key === 'status' && isPlace(value) && isObject(ends)) placed[key] = { ...ends, x: value.x, y: value.y };
    if (!(ENDS as readonly string[]).includes(key) || !Array.isArray(ends) || !Array.isArray(value)) continue;
    placed[key] = ends.map((end: unknown, i) => {
      const place: unknown = value[i];
      return isObject(end) && isPlace(place) ? { ...end, x: place.x, y: place.y } : end;
    });
  }
  return placed as FlowNode;
}

function takeEnds(ends: unknown): { readonly positions: unknown; readonly rest: unknown } | undefined {
  if (isPlace(ends)) return { positions: { x: ends.x, y: ends.y }, rest: without(ends) };
  if (!Array.isArray(ends) || ends.length === 0 || !ends.every(isPlace)) return undefined;
  return { positions: ends.map(({ x, y }) => ({ x, y })), rest: ends.map(without) };
}

const without = (end: object): object =>
  Object.fromEntries(Object.entries(end).filter(([key]) => key !== 'x' && key !== 'y'));

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isPlace = (value: unknown): value is { readonly x: number; readonly y: number } =>
  isObject(value) && 'x' in value && 'y' in value && isNumber(value.x) && isNumber(value.y);
