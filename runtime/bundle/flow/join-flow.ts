import { z } from 'zod';
import { errors } from '../errors.ts';
import type { FlowNode } from '../types.ts';
import { nodeFrom } from './flow-text.ts';
import { putPosition } from './positions.ts';
import { POSITIONS } from './split-flow.ts';

const nodesSchema = z.array(z.looseObject({ id: z.string(), type: z.string() }));
const positionsSchema = z.object({
  tabs: z.array(z.string()).default([]),
  nodes: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/**
 * The flow that `splitFlow` has split: tabs in their order, then the other nodes file by file.
 *
 * @param files of the bundle, by path; only those in `flows/` count
 * @throws BUNDLE_FLOW_INVALID
 */
export function joinFlow(files: ReadonlyMap<string, string>): FlowNode[] {
  const parts = [...files].filter(([path]) => /^flows\/[^/]+\.json$/.test(path) && path !== POSITIONS);
  const nodes = parts
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, text]) => parse(file, text, nodesSchema).map(nodeFrom));
  const seen = new Set<string>();
  for (const { id } of nodes) {
    if (seen.has(id)) throw errors.BUNDLE_FLOW_INVALID({ file: 'flows', problem: `two nodes have the id "${id}"` });
    seen.add(id);
  }
  const { tabs, nodes: places } = parse(POSITIONS, files.get(POSITIONS) ?? '{}', positionsSchema);
  const placeOf = new Map(Object.entries(places));
  const order = (id: string) => (tabs.includes(id) ? tabs.indexOf(id) : tabs.length);
  const placed = nodes.map((node) => putPosition(node, placeOf.get(node.id)));
  const tabNodes = placed.filter(({ type }) => type === 'tab').sort((a, b) => order(a.id) - order(b.id));
  return [...tabNodes, ...placed.filter(({ type }) => type !== 'tab')];
}

function parse<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw errors.BUNDLE_FLOW_INVALID({ file, problem: (error as Error).message }, { cause: error });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const problem = `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not understood'}`;
  throw errors.BUNDLE_FLOW_INVALID({ file, problem });
}
