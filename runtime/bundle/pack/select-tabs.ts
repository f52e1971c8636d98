import type { FlowNode } from '../types.ts';
import { errors } from '../errors.ts';

const SUBFLOW = /^subflow:/;

/**
 * The part of a flow that these tabs need: they themselves, and the settings and subflows that are named in them.
 *
 * @param tabs ids
 * @throws BUNDLE_TAB_UNKNOWN
 */
export function selectTabs(flow: readonly FlowNode[], tabs: readonly string[] | undefined): readonly FlowNode[] {
  if (!tabs) return flow;
  const all = flow.filter(({ type }) => type === 'tab');
  const unknown = tabs.find((tab) => !all.some(({ id }) => id === tab));
  if (unknown !== undefined) throw errors.BUNDLE_TAB_UNKNOWN({ tab: unknown, known: all.map(({ id }) => id) });

  const byId = new Map(flow.map((node) => [node.id, node]));
  const inside = (id: string) => flow.filter((node) => node['z'] === id);
  const taken = new Set<FlowNode>();
  const take = (node: FlowNode): void => {
    if (taken.has(node)) return;
    taken.add(node);
    if (node.type === 'tab' || node.type === 'subflow') inside(node.id).forEach(take);
    const subflow = SUBFLOW.test(node.type) ? byId.get(node.type.replace(SUBFLOW, '')) : undefined;
    if (subflow) take(subflow);
    for (const named of textsIn(node)) {
      const other = byId.get(named);
      // A wire or a link may lead to another tab: that one was not asked for.
      if (other && other.type !== 'tab' && !isOnTab(other)) take(other);
    }
  };
  const isOnTab = (node: FlowNode) => byId.get(String(node['z']))?.type === 'tab';
  flow.filter(({ id, type }) => tabs.includes(id) || type === 'global-config').forEach(take);
  return flow.filter((node) => taken.has(node));
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* textsIn(item);
}
