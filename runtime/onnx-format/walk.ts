import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from './model.ts';

/** Every node of a model, also inside branches, loops and the model's own functions. */
export function* allNodes(model: Pick<OnnxModel, 'graph' | 'functions'>): Generator<OnnxNode> {
  yield* nodesOf(model.graph.nodes);
  for (const { nodes } of model.functions) yield* nodesOf(nodes);
}

function* nodesOf(nodes: readonly OnnxNode[]): Generator<OnnxNode> {
  for (const node of nodes) {
    yield node;
    for (const graph of subgraphs(node)) yield* nodesOf(graph.nodes);
  }
}

const subgraphs = ({ attributes }: OnnxNode): OnnxGraph[] =>
  attributes.flatMap(({ g, graphs }) => (g ? [g, ...graphs] : [...graphs]));

/** The main graph and every graph inside a node. */
export function* allGraphs(model: Pick<OnnxModel, 'graph' | 'functions'>): Generator<OnnxGraph> {
  yield model.graph;
  for (const node of allNodes(model)) yield* subgraphs(node);
}

/** Every constant: initializers, and those that an attribute holds. */
export function* allTensors(model: Pick<OnnxModel, 'graph' | 'functions'>): Generator<OnnxTensor> {
  for (const { initializers } of allGraphs(model)) yield* initializers;
  for (const { attributes } of allNodes(model)) {
    for (const { t, tensors } of attributes) {
      if (t) yield t;
      yield* tensors;
    }
  }
}

/** The model with every constant changed, wherever it lies. */
export function mapTensors(model: OnnxModel, change: (tensor: OnnxTensor) => OnnxTensor): OnnxModel {
  const ofNode = (node: OnnxNode): OnnxNode => ({
    ...node,
    attributes: node.attributes.map((attribute) => ({
      ...attribute,
      ...(attribute.t && { t: change(attribute.t) }),
      ...(attribute.g && { g: ofGraph(attribute.g) }),
      tensors: attribute.tensors.map(change),
      graphs: attribute.graphs.map(ofGraph),
    })),
  });
  const ofGraph = (graph: OnnxGraph): OnnxGraph => ({
    ...graph,
    nodes: graph.nodes.map(ofNode),
    initializers: graph.initializers.map(change),
  });
  const functions = model.functions.map((each) => ({ ...each, nodes: each.nodes.map(ofNode) }));
  return { ...model, graph: ofGraph(model.graph), functions };
}
