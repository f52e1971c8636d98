import { type EditorNode, red } from '../../red.ts';
import { isRecordable, labelOf } from '../recordings/recordable.ts';

/** A node that a test can name. */
export interface FlowNode {
  readonly id: string;
  /** As a test names it: its name, where no other node is called so, else its id. */
  readonly key: string;
  readonly label: string;
  readonly type: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** The nodes on the tabs, as they stand: from the left to the right, then down. */
export function flowNodes(): FlowNode[] {
  const nodes: EditorNode[] = [];
  red().nodes.eachNode((node) => {
    if (isRecordable(node) && node.d !== true && red().nodes.workspace(node.z)) nodes.push(node);
  });
  const times = new Map<string, number>();
  const count = (node: EditorNode) => void times.set(calledBy(node), (times.get(calledBy(node)) ?? 0) + 1);
  nodes.forEach(count);
  // A test may name a config node as well.
  red().nodes.eachConfig(count);
  nodes.sort((a, b) => (a.x ?? 0) - (b.x ?? 0) || (a.y ?? 0) - (b.y ?? 0));
  return nodes.map((node) => {
    const { id, type, inputs = 0, outputs = 0 } = node;
    const key = times.get(calledBy(node)) === 1 && !type.startsWith('subflow:') ? calledBy(node) : id;
    return { id, key, label: labelOf(node), type, inputs, outputs };
  });
}

const calledBy = ({ name, type }: EditorNode): string => (name === undefined || name === '' ? type : name);

/** The node that a test means. */
export const nodeNamed = (nodes: readonly FlowNode[], key: string): FlowNode | undefined =>
  nodes.find(({ id }) => id === key) ?? nodes.find((node) => node.key === key);
