import { describe, expect, it } from 'vitest';
import { compare } from './support/compare.ts';
import { randomPipeline } from './support/random-pipelines.ts';
import { seeded } from './support/random.ts';

const MODELS = 250;

describe('compiled pipelines', () => {
  it('answer as ONNX Runtime does', async () => {
    const problems: string[] = [];
    for (let seed = 0; seed < MODELS; seed++) {
      const random = seeded(seed);
      const { model, features } = randomPipeline(random);
      const batches = [1, 2, random.int(3, 40)].map((rows) => {
        const values = Array.from({ length: rows * features }, () => (random.chance(0.1) ? 0 : random.normal()));
        return { x: { type: 'float32', dims: [rows, features], data: Float32Array.from(values) } };
      });
      const { problem, refused } = await compare(model, batches);
      const ops = model.graph.nodes.map(({ op }) => op).join(' ');
      for (const text of [problem, refused]) if (text !== undefined) problems.push(`seed ${seed} (${ops}): ${text}`);
    }
    expect(problems).toEqual([]);
  });
});
