import { canonicalLine } from '../sorted-json.ts';
import type { FlowNode } from '../types.ts';
import { flowText } from './flow-text.ts';
import { type Position, takePosition } from './positions.ts';
import { slugs } from './slug.ts';

export const GLOBAL = 'flows/global.json';
export const POSITIONS = 'flows/positions.json';

/** A flow as files that can be read and compared. */
export interface SplitFlow {
  /** In the editor's order. */
  readonly tabs: readonly { readonly id: string; readonly label: string; readonly file: string }[];
  /** By its path in the bundle. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Splits a flow into a file a tab, one with what belongs to none (shared settings, subflows and what is in them), and one that
 * says where everything stands in the editor. The order of nodes, which means nothing, is lost; that of tabs is kept.
 */
export function splitFlow(flow: readonly FlowNode[]): SplitFlow {
  const tabNodes = flow.filter(({ type }) => type === 'tab');
  const labels = tabNodes.map((tab) => (typeof tab['label'] === 'string' ? tab['label'] : tab.id));
  const names = slugs(labels, ['global', 'positions']);
  const tabs = tabNodes.map(({ id }, i) => ({ id, label: labels[i] ?? '', file: `flows/${names[i]}.json` }));
  const fileOf = new Map(tabs.map(({ id, file }) => [id, file]));

  const positions: [string, Position][] = [];
  const nodes = new Map<string, FlowNode[]>([
    [GLOBAL, []],
    ...tabs.map(({ file }): [string, FlowNode[]] => [file, []]),
  ]);
  for (const each of flow) {
    const { node, position } = takePosition(each);
    if (position) positions.push([node.id, position]);
    const file = fileOf.get(node.type === 'tab' ? node.id : String(node['z'])) ?? GLOBAL;
    nodes.get(file)?.push(node);
  }
  const files = new Map([...nodes].map(([file, held]) => [file, flowText(held)]));
  files.set(POSITIONS, positionsText(tabs, positions));
  return { tabs, files };
}

/** A line a node. */
function positionsText(tabs: SplitFlow['tabs'], positions: readonly [string, Position][]): string {
  const sorted = [...positions].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([id, position]) => `    ${JSON.stringify(id)}: ${canonicalLine(position)}`);
  const order = JSON.stringify(tabs.map(({ id }) => id));
  return `{\n  "tabs": ${order},\n  "nodes": {${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}}\n}\n`;
}
