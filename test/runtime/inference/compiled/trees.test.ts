import { describe, expect, it } from 'vitest';
import type { Tensors } from '../../../../runtime/inference/tiers/tier.ts';
import { compare } from './support/compare.ts';
import { GRID, type Kind, randomTrees, type RandomTrees } from './support/random-trees.ts';
import { type Random, seeded } from './support/random.ts';

const MODELS = 250;

function rowsFor(random: Random, { features, type }: RandomTrees, rows: number): Tensors {
  const values = Array.from({ length: rows * features }, () => {
    if (random.chance(0.08)) return NaN;
    return random.chance(0.5) ? random.pick(GRID) : random.normal();
  });
  const dims = [rows, features];
  if (type === 'float32') return { x: { type, dims, data: Float32Array.from(values) } };
  if (type === 'float64') return { x: { type, dims, data: Float64Array.from(values) } };
  return { x: { type, dims, data: BigInt64Array.from(values, (value) => BigInt(Math.round(2 * (value || 0)))) } };
}

describe('compiled trees', () => {
  it.each(['classifier', 'regressor'] as const)('answer as ONNX Runtime does: %s', async (kind: Kind) => {
    const problems: string[] = [];
    let refused = 0;
    for (let seed = 0; seed < MODELS; seed++) {
      const random = seeded(seed);
      const trees = randomTrees(random, kind);
      const batches = [1, 2, 5, random.int(6, 40), 0].map((rows) => rowsFor(random, trees, rows));
      const { problem, refused: why } = await compare(trees.model, batches);
      if (why !== undefined) refused++;
      if (problem !== undefined) problems.push(`seed ${seed}: ${problem}`);
    }
    expect(problems).toEqual([]);
    // What ONNX Runtime itself leaves open.
    expect(refused).toBeLessThan(MODELS / 10);
  });
});
