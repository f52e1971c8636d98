import { build, type OnnxNode } from '../../../onnx-format/index.ts';
import type { Standardisation } from '../standardised/standardisation.ts';
import { FEATURES } from './model-face.ts';
import { type Piece, standardiseNodes } from './standardise-nodes.ts';

/** ONNX's number of double. */
const DOUBLE = 11n;
const FLOAT = 1n;

/**
 * The features standardised in float32, as rows of doubles named `z`: for models whose sums cancel so far that float32 would
 * leave too few digits.
 */
export function doubleRows(scaling: Standardisation): Piece {
  const standardised = standardiseNodes(FEATURES, 'standardised', scaling);
  return {
    ...standardised,
    nodes: [...standardised.nodes, build.node('Cast', ['standardised'], ['z'], { to: DOUBLE })],
  };
}

export const toDouble = (from: string, to: string): OnnxNode => build.node('Cast', [from], [to], { to: DOUBLE });
export const toFloat = (from: string, to: string): OnnxNode => build.node('Cast', [from], [to], { to: FLOAT });

/** A constant of doubles. */
export const doubles = (name: string, dims: readonly number[], values: ArrayLike<number>) =>
  build.tensor(name, 'float64', dims, Array.from(values));
