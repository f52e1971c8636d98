import { describe, expect, it } from 'vitest';
import type { Tensors } from '../../../../runtime/inference/tiers/tier.ts';
import { compare } from './support/compare.ts';
import { activations, randomNet, type RandomNet } from './support/random-nets.ts';
import { type Random, seeded } from './support/random.ts';

const MODELS = 250;

function rowsFor(random: Random, { shape, type }: RandomNet, rows: number): Tensors {
  const dims = [rows, ...shape];
  const values = random.normals(dims.reduce((product, size) => product * size, 1));
  return { x: { type, dims, data: type === 'float32' ? Float32Array.from(values) : Float64Array.from(values) } };
}

async function problemsOf(seed: number, net: RandomNet, random: Random): Promise<string[]> {
  const batches = [1, 2, 3, random.int(4, 40), 130].map((rows) => rowsFor(random, net, rows));
  const { problem, refused } = await compare(net.model, batches);
  const ops = net.model.graph.nodes.map(({ op }) => op).join(' ');
  return [problem, refused].flatMap((text) => (text === undefined ? [] : [`seed ${seed} (${ops}): ${text}`]));
}

describe('compiled nets', () => {
  it('answer as ONNX Runtime does', async () => {
    const problems: string[] = [];
    for (let seed = 0; seed < MODELS; seed++) {
      const random = seeded(seed);
      problems.push(...(await problemsOf(seed, randomNet(random), random)));
    }
    expect(problems).toEqual([]);
  });

  it.each(activations)('compute %s as ONNX Runtime does', async (activation) => {
    for (let seed = 0; seed < 3; seed++) {
      const random = seeded(seed);
      expect(await problemsOf(seed, randomNet(random, activation), random)).toEqual([]);
    }
  });
});
