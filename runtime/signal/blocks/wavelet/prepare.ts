import { errors } from '../../errors.ts';
import { createDecomposition, mostLevels } from '../../wavelets/decompose.ts';
import type { PrepareBlock } from '../block.ts';
import { MEASURE, SORTED, type WaveletPart } from './measure.ts';
import type { WaveletBlock } from './schema.ts';

/** Measures of each part of a wavelet decomposition. The picture: where the energy lies, from slow to fast. */
export const prepareWavelet: PrepareBlock<WaveletBlock> = (block, { length, rate }, path) => {
  const { channels, wavelet, levels, measures } = block;
  const most = mostLevels(length, wavelet);
  if (levels > most) {
    const problem = `a window of ${length} samples has at most ${most} levels of ${wavelet}`;
    throw errors.RECIPE_INVALID({ path: `${path}.levels`, problem });
  }
  const decomposition = createDecomposition(length, wavelet, levels);
  const sorts = measures.some((measure) => SORTED.includes(measure));
  const parts = decomposition.parts.map((values): WaveletPart => ({
    values,
    sorted: new Float64Array(sorts ? values.length : 0),
    energy: 0,
  }));
  const take = measures.map((measure) => MEASURE[measure]);
  const label = (part: number) => (part === 0 ? `a${levels}` : `d${levels + 1 - part}`);
  /** Hz: what is left lies below rate / 2^(levels + 1), each detail between that and twice as much. */
  const middle = (part: number) => (part === 0 ? 0.5 : 1.5 * 2 ** (part - 1)) * (rate / 2 ** (levels + 1));
  const axis = Float64Array.from(parts, (_, part) => middle(part));
  const curves = channels.map((name) => ({ name, values: new Float64Array(parts.length) }));
  return {
    names: channels.flatMap((channel) =>
      parts.flatMap((_, part) => measures.map((measure) => `wavelet_${label(part)}_${measure}_${channel}`)),
    ),
    bytes: parts.reduce(
      (sum, { sorted }) => sum + sorted.byteLength,
      decomposition.bytes + (channels.length + 1) * axis.byteLength,
    ),
    picture: () => ({ unit: 'Hz', axis, curves }),
    run(columns, features, at) {
      let index = at;
      for (const { name, values: shares } of curves) {
        decomposition.run(columns.get(name) as Float64Array);
        let whole = 0;
        for (const part of parts) {
          part.energy = energyOf(part.values);
          whole += part.energy;
          if (!sorts) continue;
          part.sorted.set(part.values);
          part.sorted.sort();
        }
        for (let place = 0; place < parts.length; place++) {
          const part = parts[place] as WaveletPart;
          shares[place] = MEASURE.share(part, whole);
          for (const measure of take) features[index++] = measure(part, whole);
        }
      }
    },
  };
};

function energyOf(values: Float64Array): number {
  let energy = 0;
  for (let n = 0; n < values.length; n++) energy += (values[n] as number) * (values[n] as number);
  return energy;
}
