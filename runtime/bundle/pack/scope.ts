import type { FlowNode } from '../types.ts';

/**
 * Which variables a flow sets itself: a node sees those of its group, its tab or subflow, and of the whole flow; in a subflow
 * also what its instances and whatever is around them set.
 *
 * @returns whether what stands in this node under this name is set in the flow
 */
export function scopeOf(flow: readonly FlowNode[]): (node: FlowNode, name: string) => boolean {
  const byId = new Map(flow.map((node) => [node.id, node]));
  const everywhere = flow.filter(({ type }) => type === 'global-config').flatMap((node) => namesOf(node));
  const known = new Map<string, ReadonlySet<string>>();

  const seenBy = (node: FlowNode, path: readonly string[] = []): ReadonlySet<string> => {
    const before = known.get(node.id);
    if (before) return before;
    // A flow that is damaged may hold a circle.
    if (path.includes(node.id)) return new Set();
    const around = [node['g'], node['z']].flatMap((id) => byId.get(String(id)) ?? []);
    if (node.type === 'subflow') around.push(...flow.filter(({ type }) => type === `subflow:${node.id}`));
    const names = new Set([
      ...everywhere,
      ...around.flatMap((each) => [...namesOf(each), ...seenBy(each, [...path, node.id])]),
    ]);
    known.set(node.id, names);
    return names;
  };
  return (node, name) => seenBy(node).has(name);
}

/** What a node sets for those in it. An entry may be passed on from the outside under its own name: that sets nothing. */
function namesOf(node: FlowNode): string[] {
  const { env } = node;
  if (!Array.isArray(env)) return [];
  return env.flatMap((entry: unknown) => {
    const { name, type, value } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const passedOn = type === 'env' && (value === name || value === `\${${String(name)}}`);
    return typeof name === 'string' && !passedOn ? [name] : [];
  });
}
