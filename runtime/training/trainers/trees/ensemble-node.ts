import type { OnnxAttribute, OnnxNode, OpsetImport } from '../../../onnx-format/index.ts';
import { build } from '../../../onnx-format/index.ts';
import { FEATURES } from '../graphs/model-face.ts';
import type { Ensemble } from './ensemble.ts';

const ML = 'ai.onnx.ml';

/** What a graph of trees is written in. */
export const TREE_OPSETS: readonly OpsetImport[] = [
  { domain: '', version: 17n },
  { domain: ML, version: 3n },
];

export interface EnsembleNode {
  readonly op: 'TreeEnsembleClassifier' | 'TreeEnsembleRegressor';
  readonly outputs: readonly string[];
  /** The class or target that an output of a leaf speaks of. */
  readonly target: (tree: number, output: number) => number;
  /** Outputs of a leaf that are written. Left out: all. */
  readonly from?: number;
  /** Numbers that add nothing are left out, where a leaf has others. */
  readonly sparse?: boolean;
  readonly attributes: Readonly<Record<string, build.AttributeValue>>;
}

/** The trees as one operator of ai.onnx.ml 3. Its lists are built of few objects: there may be a million nodes. */
export function ensembleNode(ensemble: Ensemble, wanted: EnsembleNode): OnnxNode {
  const { op, outputs, target, from = 0, sparse = false, attributes } = wanted;
  const { roots, child, feature, threshold, cover, values, outputs: width } = ensemble;
  const prefix = op === 'TreeEnsembleClassifier' ? 'class' : 'target';
  const trees: bigint[] = [];
  const ids: bigint[] = [];
  const features: bigint[] = [];
  const modes: Uint8Array[] = [];
  const thresholds: number[] = [];
  const yes: bigint[] = [];
  const no: bigint[] = [];
  const covers: number[] = [];
  const leafTrees: bigint[] = [];
  const leafNodes: bigint[] = [];
  const leafTargets: bigint[] = [];
  const weights: number[] = [];
  const big = wholeNumbers();
  roots.forEach((root, tree) => {
    const end = roots[tree + 1] ?? ensemble.nodes;
    for (let node = root; node < end; node++) {
      const next = child[node] as number;
      const branch = next >= 0;
      trees.push(big(tree));
      ids.push(big(node - root));
      modes.push(branch ? BRANCH : LEAF);
      features.push(big(branch ? (feature[node] as number) : 0));
      thresholds.push(branch ? (threshold[node] as number) : 0);
      yes.push(big(branch ? next - root : 0));
      no.push(big(branch ? next + 1 - root : 0));
      covers.push(cover[node] as number);
      if (branch) continue;
      const at = ~next * width;
      let written = 0;
      for (let output = from; output < width; output++) {
        const weight = values[at + output] as number;
        if (sparse && weight === 0 && (written > 0 || output + 1 < width)) continue;
        leafTrees.push(big(tree));
        leafNodes.push(big(node - root));
        leafTargets.push(big(target(tree, output)));
        weights.push(weight);
        written++;
      }
    }
  });
  const lists: OnnxAttribute[] = [
    build.attribute('nodes_treeids', trees),
    build.attribute('nodes_nodeids', ids),
    build.attribute('nodes_featureids', features),
    { ...build.attribute('nodes_modes', ['']), strings: modes },
    build.attribute('nodes_values', thresholds),
    build.attribute('nodes_hitrates', covers),
    build.attribute('nodes_truenodeids', yes),
    build.attribute('nodes_falsenodeids', no),
    build.attribute(`${prefix}_treeids`, leafTrees),
    build.attribute(`${prefix}_nodeids`, leafNodes),
    build.attribute(`${prefix}_ids`, leafTargets),
    build.attribute(`${prefix}_weights`, weights),
  ];
  const node = build.node(op, [FEATURES], outputs, attributes, ML);
  return { ...node, attributes: [...lists, ...node.attributes] };
}

const utf8 = new TextEncoder();
const BRANCH = utf8.encode('BRANCH_LEQ');
const LEAF = utf8.encode('LEAF');

/** Each bigint once, however often it is used. */
function wholeNumbers(): (value: number) => bigint {
  const known: bigint[] = [];
  return (value) => {
    for (let next = known.length; next <= value; next++) known.push(BigInt(next));
    return known[value] as bigint;
  };
}
