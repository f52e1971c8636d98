import { flowTest } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { FlowNode } from '../types.ts';
import type { Findings } from './findings.ts';
import { called } from './nodes.ts';
import type { TestFile } from './options.ts';

/**
 * Of a flow's tests those that a gateway can run, with their recordings: one that cannot be read, or that names a node of a tab
 * which stays here, would fail on each.
 */
export function fittingTests(
  tests: readonly TestFile[],
  flow: readonly FlowNode[],
  chosen: readonly FlowNode[],
  findings: Findings,
): readonly TestFile[] {
  const [all, here] = [namesOf(flow), namesOf(chosen)];
  return tests.filter(({ path, bytes }) => {
    const named = nodesIn(path, bytes);
    if (!named) findings.warn(errors.TEST_NOT_PACKED({ test: path }));
    const absent = named?.find((name) => all.has(name) && !here.has(name));
    if (absent !== undefined) findings.warn(errors.TEST_LEFT_OUT({ test: path, node: absent }));
    return named !== undefined && absent === undefined;
  });
}

/** Link nodes whose messages would end at a tab that stays here. */
export function warnOfCutLinks(flow: readonly FlowNode[], chosen: readonly FlowNode[], findings: Findings): void {
  const here = new Set(chosen.map(({ id }) => id));
  const byId = new Map(flow.map((node) => [node.id, node]));
  for (const node of chosen.filter(({ type }) => type === 'link out' || type === 'link call')) {
    const links = Array.isArray(node['links']) ? (node['links'] as unknown[]) : [];
    for (const link of links.filter((id) => !here.has(String(id)))) {
      const other = byId.get(String(link));
      if (other) findings.warn(errors.LINK_LEFT_OUT({ node: called(node), other: called(other) }));
    }
  }
}

/** What a test may call a node. */
const namesOf = (nodes: readonly FlowNode[]) =>
  new Set(nodes.flatMap(({ id, name }) => (typeof name === 'string' && name !== '' ? [id, name] : [id])));

/** What a test names, inside a subflow as `INSTANCE/NODE`; none if it cannot be read. A recording names nothing. */
function nodesIn(path: string, bytes: Uint8Array): string[] | undefined {
  if (path.includes('/') || !path.endsWith('.json')) return [];
  const test = flowTest.safeParse(jsonOf(Buffer.from(bytes).toString('utf8')));
  if (!test.success) return undefined;
  const { play, give, expect } = test.data;
  return [...play, ...give, ...expect].map(({ node }) => node.split('/')[0] ?? '');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
