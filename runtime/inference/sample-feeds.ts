import type { Manifest } from '../models/package/index.ts';
import { toPlainTensor } from './tensor.ts';
import type { Tensors } from './tiers/tier.ts';

/** Something to ask the model with when it is measured: a test vector's inputs, or zeros of its shapes. */
export function sampleFeeds({ inputs, vectors }: Manifest): Tensors {
  const [vector] = vectors;
  return Object.fromEntries(
    inputs.map(({ name, type, shape }) => {
      const given = vector?.inputs[name];
      if (given) return [name, toPlainTensor(type, given)];
      const dims = shape.map((size) => (typeof size === 'number' && size > 0 ? size : 1));
      const length = dims.reduce((product, size) => product * size, 1);
      const data = type === 'string' ? new Array<string>(length).fill('') : new Array<number>(length).fill(0);
      return [name, toPlainTensor(type, { shape: dims, data })];
    }),
  );
}
