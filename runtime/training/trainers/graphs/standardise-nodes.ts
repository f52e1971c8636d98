import { build, type OnnxNode, type OnnxTensor } from '../../../onnx-format/index.ts';
import type { Standardisation } from '../standardised/standardisation.ts';

/** A piece of a graph. */
export interface Piece {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
}

/** (from − means) / scales, in float32. */
export function standardiseNodes(from: string, to: string, { means, scales }: Standardisation): Piece {
  return {
    nodes: [build.node('Sub', [from, 'means'], ['centred']), build.node('Div', ['centred', 'scales'], [to])],
    initializers: [
      build.floatTensor('means', [means.length], means),
      build.floatTensor('scales', [scales.length], scales),
    ],
  };
}

/** The label of the highest probability; of equal ones the first. */
export const labelNode = (): OnnxNode =>
  build.node('ArgMax', ['probabilities'], ['label'], { axis: -1n, keepdims: 0n });
