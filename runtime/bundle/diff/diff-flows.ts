import type { FlowNode } from '../types.ts';
import { diffValues, type Names } from './diff-values.ts';
import { diffWires } from './diff-wires.ts';
import type { Change, DiffPart } from './types.ts';

/** A flow by the ids of its nodes. */
type Nodes = ReadonlyMap<string, FlowNode>;

/** What says where something stands, or is told in other words. */
const APART = new Set(['id', 'type', 'z', 'x', 'y', 'w', 'h', 'wires', 'g', 'nodes', 'd', 'disabled']);

/** What is different in a second flow: a part a tab, one a subflow, and one for settings that several nodes share. */
export function diffFlows(before: readonly FlowNode[], after: readonly FlowNode[]): DiffPart[] {
  const [old, now] = [byId(before), byId(after)];
  const names: Names = { before: (id) => nameIn(old, id), after: (id) => nameIn(now, id) };
  const changes = new Map<string, Change[]>();
  const add = (place: string, change: Change) => changes.set(place, [...(changes.get(place) ?? []), change]);

  for (const node of after) {
    const was = old.get(node.id);
    if (!was) add(placeOf(node), { sign: '+', text: called(node) });
    else if (was.type !== node.type) add(placeOf(node), { sign: '~', text: `${called(was)} became ${called(node)}` });
    else {
      const details = [...movedFrom(was, node, { old, now }), ...settingsOf(was, node, names)];
      if (details.length > 0) add(placeOf(node), { sign: '~', text: called(node), details });
    }
  }
  for (const node of before) if (!now.has(node.id)) add(placeOf(node), { sign: '-', text: called(node) });
  for (const { node, ...change } of diffWires(old, now)) add(placeOf(node), change);
  return order(before, after).flatMap(({ place, title }) => {
    const found = changes.get(place);
    return found ? [{ title, changes: found }] : [];
  });
}

/** Nodes that stand somewhere else in the editor, which changes nothing. */
export function countMoved(before: readonly FlowNode[], after: readonly FlowNode[]): number {
  const old = byId(before);
  return after.filter((node) => {
    const was = old.get(node.id);
    return was !== undefined && ['x', 'y', 'w', 'h'].some((key) => was[key] !== node[key]);
  }).length;
}

const byId = (flow: readonly FlowNode[]): Nodes => new Map(flow.map((node) => [node.id, node]));

/** `infer "health"` */
export function called({ type, ...node }: FlowNode): string {
  const [name] = [node['label'], node['name']].filter((each) => typeof each === 'string' && each.trim() !== '');
  return name === undefined ? `${type} (${node.id})` : `${type} ${JSON.stringify(name)}`;
}

function nameIn(nodes: Nodes, id: string): string | undefined {
  const node = nodes.get(id);
  return node && called(node);
}

/** A tab and a subflow belong to themselves. */
const placeOf = ({ id, type, z }: FlowNode): string => (isPlace(type) ? id : typeof z === 'string' ? z : '');
const isPlace = (type: string): boolean => type === 'tab' || type === 'subflow';

function order(before: readonly FlowNode[], after: readonly FlowNode[]) {
  const places = new Map([...before, ...after].filter(({ type }) => isPlace(type)).map((node) => [node.id, node]));
  const tabs = [...places.values()].filter(({ type }) => type === 'tab');
  const subflows = [...places.values()].filter(({ type }) => type === 'subflow');
  const title = (node: FlowNode) => called(node).replace(/^./, (letter) => letter.toUpperCase());
  return [
    ...[...tabs, ...subflows].map((node) => ({ place: node.id, title: title(node) })),
    { place: '', title: 'Shared settings' },
  ];
}

function movedFrom(was: FlowNode, node: FlowNode, { old, now }: { readonly old: Nodes; readonly now: Nodes }) {
  const place = (nodes: Nodes, id: unknown) => (typeof id === 'string' && nameIn(nodes, id)) || 'shared settings';
  return was['z'] === node['z'] ? [] : [`moved from ${place(old, was['z'])} to ${place(now, node['z'])}`];
}

function settingsOf(was: FlowNode, node: FlowNode, names: Names): string[] {
  const isOff = (each: FlowNode) => each['d'] === true || each['disabled'] === true;
  const off = isOff(was) === isOff(node) ? [] : [isOff(node) ? 'switched off' : 'switched on'];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(node)])].filter((key) => !APART.has(key)).sort();
  // Where the ends of a subflow stand is a position, too.
  const value = (each: FlowNode, key: string) => (each.type === 'subflow' ? withoutPlaces(each[key]) : each[key]);
  return [...off, ...keys.flatMap((key) => diffValues(key, value(was, key), value(node, key), names))];
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'x' && key !== 'y'));
}
