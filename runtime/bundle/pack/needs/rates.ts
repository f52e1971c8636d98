import type { FlowNode } from '../../types.ts';
import { activeNodes, textOf } from '../nodes.ts';

/**
 * How many messages a second come to a node, as far as the flow says it: from the rates of sensors and buttons that press
 * themselves, through windows. What else is on the way is taken to hand each message on.
 *
 * @returns messages a second; `undefined` where a source does not say, such as a recording that is played
 */
export function rateInto(flow: readonly FlowNode[]): (node: FlowNode) => number | undefined {
  const nodes = activeNodes(flow);
  const before = sourcesOf(nodes);

  const into = (node: FlowNode, path: ReadonlySet<string>): number | undefined => {
    let sum = 0;
    for (const source of before.get(node.id) ?? []) {
      // What goes round in a circle is what came in.
      if (path.has(source.id)) continue;
      const rate = outOf(source, new Set([...path, source.id]));
      if (rate === undefined) return undefined;
      sum += rate;
    }
    return sum;
  };
  const outOf = (node: FlowNode, path: ReadonlySet<string>): number | undefined => {
    const number = (property: string, standard: number) => Number(node[property] ?? standard) || standard;
    if (node.type === 'pins') return number('rate', 100);
    if (node.type === 'sensor') return 1 / number('period', 1);
    if (node.type === 'inject') return Number(node['repeat']) > 0 ? 1 / Number(node['repeat']) : 0;
    if (node.type === 'window' && textOf(node, 'cut') === 'time') return 1 / number('every', 0.25);
    const incoming = into(node, path);
    if (node.type === 'window' && incoming !== undefined) {
      const resample = Number(node['resample'] ?? 0);
      return (resample > 0 ? resample : incoming) / number('stride', 25);
    }
    // What has no input is a source that says nothing of its rate.
    const isSource = (before.get(node.id) ?? []).length === 0 || node.type === 'replay';
    return isSource ? undefined : incoming;
  };
  return (node) => ((before.get(node.id) ?? []).length === 0 ? undefined : into(node, new Set([node.id])));
}

/** Node → those that are wired or linked to it. */
function sourcesOf(nodes: readonly FlowNode[]): ReadonlyMap<string, readonly FlowNode[]> {
  const before = new Map<string, FlowNode[]>();
  for (const node of nodes) {
    const wires = Array.isArray(node['wires']) ? (node['wires'] as unknown[]).flat() : [];
    const links = node.type === 'link out' && Array.isArray(node['links']) ? (node['links'] as unknown[]) : [];
    for (const to of [...wires, ...links]) before.set(String(to), [...(before.get(String(to)) ?? []), node]);
  }
  return before;
}
