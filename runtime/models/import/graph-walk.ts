import {
  type Dimension,
  elementTypeName,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type ValueInfo,
} from '../../onnx-format/index.ts';

/** A number a fixed dimension; a name or null a free one. */
export type Shape = (number | string | null)[];

/** Of a value that is a tensor; without a shape not even the number of dimensions is known. */
export interface TensorPlace {
  readonly name: string;
  readonly type: string;
  readonly shape: Shape | undefined;
}

/** @returns nothing for a map or a sequence */
export function tensorPlace({ name, type }: ValueInfo): TensorPlace | undefined {
  if (!type?.tensor) return undefined;
  return { name, type: elementTypeName(type.tensor.elementType), shape: type.tensor.shape?.dimensions.map(sizeOf) };
}

// A size of 0 or less stands for a free one in what some exporters write.
const sizeOf = ({ value, name }: Dimension) =>
  value !== undefined && value > 0 ? value : name !== undefined && name !== '' ? name : null;

/** What the model asks for: not its constants, which old exporters list among the inputs. */
export function askedInputs(graph: OnnxGraph): ValueInfo[] {
  const constants = new Set(graph.initializers.map(({ name }) => name));
  return graph.inputs.filter(({ name }) => !constants.has(name));
}

/** Operators that change the form of values and not what they say. */
const FORMS = new Set(['Identity', 'Cast', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Concat', 'Dropout']);

/** The node that makes a value, seen through those that change only its form. */
export function makerOf(graph: OnnxGraph, name: string): OnnxNode | undefined {
  let wanted = name;
  // As many steps as there are nodes: a damaged graph may go in circles.
  for (let step = 0; step <= graph.nodes.length; step++) {
    const maker = graph.nodes.find(({ outputs }) => outputs.includes(wanted));
    if (!maker || !FORMS.has(maker.op)) return maker;
    wanted = maker.inputs[0] ?? '';
  }
  return undefined;
}

/** The first nodes that calculate with a value, seen through those that change only its form. */
export function usersOf(graph: OnnxGraph, name: string): OnnxNode[] {
  const reached = new Set([name]);
  const users: OnnxNode[] = [];
  // Nodes stand in the order in which they can be computed.
  for (const node of graph.nodes) {
    if (!node.inputs.some((input) => reached.has(input))) continue;
    if (FORMS.has(node.op)) for (const output of node.outputs) reached.add(output);
    else users.push(node);
  }
  return users;
}

const utf8 = new TextDecoder();

export const attributeOf = (node: OnnxNode, name: string): OnnxAttribute | undefined =>
  node.attributes.find((attribute) => attribute.name === name);

/** A list of texts or whole numbers, as texts. */
export function listOf(node: OnnxNode, ...names: readonly string[]): string[] {
  for (const name of names) {
    const attribute = attributeOf(node, name);
    const values = attribute
      ? [...attribute.strings.map((text) => utf8.decode(text)), ...attribute.ints.map(String)]
      : [];
    if (values.length > 0) return values;
  }
  return [];
}

export const textOf = (node: OnnxNode, name: string): string =>
  utf8.decode(attributeOf(node, name)?.s ?? new Uint8Array());
