import type { OnnxGraph } from '../../onnx-format/index.ts';
import { attributeOf, usersOf } from './graph-walk.ts';

/** Around which value a feature lies, and how far apart its values are. */
export interface Typical {
  readonly centre: number;
  readonly spread: number;
}

/**
 * What the model itself gives away of its features: the mean and deviation of a scaler, the thresholds of trees. A sample
 * far from what the model knows would show nothing.
 */
export function typicalValues(graph: OnnxGraph, input: string, count: number): Typical[] {
  const users = usersOf(graph, input);
  const scaler = users.find(({ op }) => op === 'Scaler');
  if (scaler) {
    const offset = attributeOf(scaler, 'offset')?.floats ?? [];
    const scale = attributeOf(scaler, 'scale')?.floats ?? [];
    return Array.from({ length: count }, (_, i) => {
      return { centre: offset[i] ?? offset[0] ?? 0, spread: finite(1 / (scale[i] ?? scale[0] ?? 1)) };
    });
  }
  const thresholds = Array.from({ length: count }, (): number[] => []);
  for (const tree of users.filter(({ op }) => op.startsWith('TreeEnsemble'))) {
    const features = attributeOf(tree, 'nodes_featureids')?.ints ?? [];
    const values = attributeOf(tree, 'nodes_values')?.floats ?? [];
    const strings = attributeOf(tree, 'nodes_modes')?.strings ?? [];
    for (const [node, feature] of features.entries()) {
      // A leaf's own value means nothing. All modes but LEAF begin with B: BRANCH_LEQ.
      if (strings[node]?.[0] === 66) thresholds[Number(feature)]?.push(values[node] ?? 0);
    }
  }
  return thresholds.map((values) => {
    if (values.length === 0) return { centre: 0, spread: 1 };
    const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
    const centre = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const range = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
    return { centre, spread: finite(range > 0 ? range / 2 : Math.abs(centre) / 2) };
  });
}

const finite = (spread: number) => (Number.isFinite(spread) && spread > 0 ? spread : 1);
