import { elementTypeNumber } from './element-types.ts';
import type { OnnxGraph, OnnxModel, OnnxNode, ValueInfo } from './model.ts';

export interface WithoutZipMap {
  readonly model: OnnxModel;
  /** The labels of the scores' columns, as the file's type has them. */
  readonly labels?: readonly string[] | readonly bigint[];
}

/**
 * Takes every ZipMap away whose maps are an output of the model, as scikit-learn's exporter writes them for a
 * classifier: ONNX Runtime for JavaScript cannot give maps. The tensor of scores that the ZipMap took becomes the
 * output in its place, under its own name; the labels, which only the ZipMap held, are given along.
 *
 * @returns the same model if it has none
 * @see https://onnx.ai/onnx/operators/onnx_aionnxml_ZipMap.html
 */
export function dropZipMap(model: OnnxModel): WithoutZipMap {
  const { graph } = model;
  const zipMaps = graph.nodes.filter((node) => isZipMap(node) && isOnlyOutput(graph, node));
  if (zipMaps.length === 0) return { model };
  const labels = zipMaps.map(labelsOf).find((each) => each !== undefined);
  const outputs = graph.outputs.map((output) => {
    const zipMap = zipMaps.find((node) => node.outputs[0] === output.name);
    return zipMap ? scoresOf(graph, zipMap) : output;
  });
  const nodes = graph.nodes.filter((node) => !zipMaps.includes(node));
  const changed = { ...model, graph: { ...graph, nodes, outputs: withoutTwins(outputs) } };
  return labels ? { model: changed, labels } : { model: changed };
}

const isZipMap = ({ op, domain }: OnnxNode) => op === 'ZipMap' && domain === 'ai.onnx.ml';

/** Whether nothing else in the graph reads what the node makes. */
function isOnlyOutput({ nodes, outputs }: OnnxGraph, { outputs: [made] }: OnnxNode): boolean {
  return outputs.some(({ name }) => name === made) && !nodes.some(({ inputs }) => inputs.includes(made ?? ''));
}

function labelsOf({ attributes }: OnnxNode): WithoutZipMap['labels'] {
  const strings = attributes.find(({ name }) => name === 'classlabels_strings')?.strings ?? [];
  if (strings.length > 0) return strings.map((each) => new TextDecoder().decode(each));
  const ints = attributes.find(({ name }) => name === 'classlabels_int64s')?.ints ?? [];
  return ints.length > 0 ? ints : undefined;
}

/** The ZipMap's input as an output: as the graph describes it, else a row of scores for each row. */
function scoresOf({ values, outputs }: OnnxGraph, zipMap: OnnxNode): ValueInfo {
  const name = zipMap.inputs[0] ?? '';
  const described = [...outputs, ...values].find((each) => each.name === name);
  if (described?.type?.tensor) return described;
  const columns = labelsOf(zipMap)?.length;
  const shape = columns === undefined ? {} : { shape: { dimensions: [{}, { value: columns }] } };
  return { name, type: { tensor: { elementType: elementTypeNumber('float32'), ...shape } } };
}

/** The scores may have been an output already. */
const withoutTwins = (outputs: readonly ValueInfo[]) =>
  outputs.filter(({ name }, index) => outputs.findIndex((each) => each.name === name) === index);
