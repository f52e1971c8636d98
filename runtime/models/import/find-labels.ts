import type { OnnxGraph } from '../../onnx-format/index.ts';
import { listOf } from './graph-walk.ts';
import { parseNames } from './metadata-values.ts';

export interface FoundLabels {
  readonly labels: readonly string[];
  /** In plain words. */
  readonly from: string;
}

const CLASSIFIERS = new Set(['LinearClassifier', 'TreeEnsembleClassifier', 'SVMClassifier']);
const METADATA = ['classes', 'labels', 'names', 'class_names', 'class_labels', 'id2label', 'label_names', 'categories'];

export const isClassifier = (op: string): boolean => CLASSIFIERS.has(op);

/** The labels that the file itself names, wherever its exporter has put them. */
export function findLabels(
  graph: OnnxGraph,
  metadata: Readonly<Record<string, string>>,
  zipMap: readonly string[] | undefined,
): FoundLabels | undefined {
  if (zipMap && zipMap.length > 0) return { labels: zipMap, from: 'the model names them itself (ZipMap)' };
  for (const node of graph.nodes.filter(({ op }) => isClassifier(op))) {
    const labels = listOf(node, 'classlabels_strings', 'classlabels_int64s', 'classlabels_ints');
    if (labels.length > 0) return { labels, from: `the model names them itself (${node.op})` };
  }
  for (const key of METADATA) {
    const labels = parseNames(metadata[key] ?? '');
    if (labels) return { labels, from: `the file's metadata names them ("${key}")` };
  }
  return undefined;
}
