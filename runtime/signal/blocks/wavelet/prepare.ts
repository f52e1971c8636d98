import { maximum, mean, rootMeanSquare, standardDeviation, zeroCrossings } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import { createDecomposition, mostLevels } from '../../wavelets/decompose.ts';
import type { PrepareBlock } from '../block.ts';
import type { WaveletBlock, WaveletMeasure } from './schema.ts';

const energyOf = (part: Float64Array) => {
  let energy = 0;
  for (let n = 0; n < part.length; n++) energy += (part[n] as number) ** 2;
  return energy;
};

/** Shannon's, of the shares of the energy; 0 of silence. */
const entropyOf = (part: Float64Array) => {
  const whole = energyOf(part);
  if (whole === 0) return 0;
  let entropy = 0;
  for (let n = 0; n < part.length; n++) {
    const share = (part[n] as number) ** 2 / whole;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy;
};

const MEASURE: Readonly<Record<WaveletMeasure, (part: Float64Array, whole: number) => number>> = {
  energy: energyOf,
  share: (part, whole) => (whole > 0 ? energyOf(part) / whole : 0),
  mean,
  std: standardDeviation,
  rms: rootMeanSquare,
  max: maximum,
  entropy: entropyOf,
  crossings: (part) => zeroCrossings(part),
};

/** Measures of each part of a wavelet decomposition. */
export const prepareWavelet: PrepareBlock<WaveletBlock> = (block, { length }, path) => {
  const { channels, wavelet, levels, measures } = block;
  const most = mostLevels(length, wavelet);
  if (levels > most) {
    const problem = `a window of ${length} samples has at most ${most} levels of ${wavelet}`;
    throw errors.RECIPE_INVALID({ path: `${path}.levels`, problem });
  }
  const decomposition = createDecomposition(length, wavelet, levels);
  const { parts } = decomposition;
  const label = (part: number) => (part === 0 ? `a${levels}` : `d${levels + 1 - part}`);
  return {
    names: channels.flatMap((channel) =>
      parts.flatMap((_, part) => measures.map((measure) => `wavelet_${label(part)}_${measure}_${channel}`)),
    ),
    bytes: decomposition.bytes,
    run(columns, features, at) {
      let index = at;
      for (const channel of channels) {
        decomposition.run(columns.get(channel) as Float64Array);
        let whole = 0;
        for (const part of parts) whole += energyOf(part);
        for (const part of parts) for (const measure of measures) features[index++] = MEASURE[measure](part, whole);
      }
    },
  };
};
