import { type EditorNode, red } from '../../red.ts';

/** Stand on a canvas without taking part in what flows. */
const DECORATION = /^(group|comment|tab|junction|subflow)$/;

export const isRecordable = ({ type, _def: { category } }: EditorNode): boolean =>
  !DECORATION.test(type) && category !== 'config';

export const labelOf = (node: EditorNode): string => red().utils.getNodeLabel(node, node.type);

export const outputsOf = ({ outputs = 0 }: EditorNode): number => outputs;

/** What a node without outputs gets comes to it anyway; what leaves an output without a wire, Node-RED drops unseen. */
export const isHeard = (node: EditorNode, output: number): boolean =>
  outputsOf(node) === 0 || red().nodes.filterLinks({ source: node, sourcePort: output - 1 }).length > 0;

export const mayWrite = (): boolean => red().user.hasPermission('flows.write');
