/** What is asked of a flow again and again. */
import type { FlowNode } from '../types.ts';

export const textOf = (node: FlowNode, property: string): string => {
  const value = node[property];
  return typeof value === 'string' ? value.trim() : '';
};

/** What a person calls it: `the target "cloud"`. */
export function called(node: FlowNode): string {
  const name = textOf(node, 'name') || textOf(node, 'label');
  return name === '' ? `the ${node.type} node ${node.id}` : `the ${node.type} "${name}"`;
}

/** Those that run: neither they nor their tab are switched off. */
export function activeNodes(flow: readonly FlowNode[]): FlowNode[] {
  const off = new Set(flow.filter((node) => node.type === 'tab' && node['disabled'] === true).map(({ id }) => id));
  return flow.filter((node) => node['d'] !== true && !off.has(node.id) && !off.has(String(node['z'])));
}

/** Whether a value is left to the device: `${NAME}`. */
export const isSetting = (text: string): boolean => /^\$(\{\S+\}|\(\S+\))$/.test(text);
