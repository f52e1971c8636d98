import { canonicalLine } from '../sorted-json.ts';
import type { FlowNode } from '../types.ts';
import { fromLines, toLines } from './lines.ts';

/** What a person looks for first. The others follow by name, and the wires come last. */
const FIRST = ['id', 'type', 'z', 'g', 'name', 'label'];
const LAST = ['outputs', 'inputLabels', 'outputLabels', 'links', 'wires'];

/** Nodes by id, one property a line, the lines of a text below each other. */
export function flowText(nodes: readonly FlowNode[]): string {
  const sorted = [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
  const blocks = sorted.map((node) => {
    const properties = sortedKeys(node).map((key) => `    ${JSON.stringify(key)}: ${valueText(node[key])}`);
    return `  {\n${properties.join(',\n')}\n  }`;
  });
  return blocks.length === 0 ? '[]\n' : `[\n${blocks.join(',\n')}\n]\n`;
}

/** The inverse, of what JSON.parse has made of the text. */
export const nodeFrom = (value: Readonly<Record<string, unknown>>): FlowNode =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromLines(item)])) as FlowNode;

function sortedKeys(node: FlowNode): string[] {
  const place = (key: string) => {
    if (FIRST.includes(key)) return FIRST.indexOf(key);
    return LAST.includes(key) ? 1000 + LAST.indexOf(key) : 500;
  };
  return Object.keys(node)
    .filter((key) => node[key] !== undefined)
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

function valueText(value: unknown): string {
  const shown = toLines(value);
  const { lines } = (shown ?? {}) as { readonly lines?: unknown };
  if (!Array.isArray(lines) || typeof value !== 'string') return canonicalLine(shown);
  return `{\n      "lines": [\n${lines.map((line) => `        ${JSON.stringify(line)}`).join(',\n')}\n      ]\n    }`;
}
