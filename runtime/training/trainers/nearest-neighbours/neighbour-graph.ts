import { build } from '../../../onnx-format/index.ts';
import { doubleRows, doubles, toDouble, toFloat } from '../graphs/double-nodes.ts';
import { PROBABILITIES, VALUE } from '../graphs/model-face.ts';
import type { Piece } from '../graphs/standardise-nodes.ts';
import type { Standardisation } from '../standardised/standardisation.ts';
import type { Grid } from './grid.ts';

interface Neighbours {
  readonly scaling: Standardisation;
  readonly grid: Grid;
  /** On the grid. */
  readonly stored: Float32Array;
  readonly count: number;
  readonly votes: Float64Array;
  readonly weights: Float64Array;
  readonly outputs: number;
  readonly classification: boolean;
}

/** Distances to all stored rows, but for |a|², which changes no order; the smallest; and the sum of what those rows say. */
export function neighbourGraph(model: Neighbours): Piece {
  const { scaling, grid, stored, count, votes, weights, outputs, classification } = model;
  const { nodes, initializers } = doubleRows(scaling);
  const rows = weights.length;
  const width = stored.length / rows;
  const norms = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let at = row * width; at < (row + 1) * width; at++) sum += (stored[at] as number) ** 2;
    return sum;
  });
  // Column by column, and times −2: whole numbers that float32 still holds, at half the size of doubles.
  const turned = new Float32Array(stored.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      turned[column * rows + row] = -2 * (stored[row * width + column] as number);
    }
  }
  return {
    nodes: [
      ...nodes,
      build.node('Mul', ['z', 'steps'], ['stretched']),
      build.node('Round', ['stretched'], ['rounded']),
      build.node('Clip', ['rounded', 'least', 'most'], ['on_grid']),
      toDouble('stored', 'stored_double'),
      build.node('MatMul', ['on_grid', 'stored_double'], ['products']),
      build.node('Add', ['products', 'norms'], ['distances']),
      build.node('TopK', ['distances', 'count'], ['nearest_distances', 'nearest'], {
        axis: -1n,
        largest: 0n,
        sorted: 1n,
      }),
      build.node('Gather', ['votes', 'nearest'], ['their_votes'], { axis: 0n }),
      build.node('Gather', ['weights', 'nearest'], ['their_weights'], { axis: 0n }),
      build.node('ReduceSum', ['their_votes', 'neighbour_axis'], ['sums'], { keepdims: 0n }),
      build.node('ReduceSum', ['their_weights', 'neighbour_axis'], ['total'], { keepdims: 0n }),
      build.node('Div', ['sums', 'total'], ['answer']),
      toFloat('answer', classification ? PROBABILITIES : VALUE),
      ...(classification ? [build.node('ArgMax', ['sums'], ['label'], { axis: -1n, keepdims: 0n })] : []),
    ],
    initializers: [
      ...initializers,
      doubles('steps', [], [grid.steps]),
      doubles('least', [], [-grid.most]),
      doubles('most', [], [grid.most]),
      build.floatTensor('stored', [width, rows], turned),
      doubles('norms', [rows], norms),
      build.tensor('count', 'int64', [1], [count]),
      doubles('votes', [rows, outputs], votes),
      doubles('weights', [rows, 1], weights),
      build.tensor('neighbour_axis', 'int64', [1], [1]),
    ],
  };
}
