import { fromMel, toMel } from './mel.ts';

export interface FilterBankSettings {
  readonly filters: number;
  /** Of the transform whose bins it weighs. */
  readonly size: number;
  /** Hz */
  readonly rate: number;
  /** Hz, from the lower edge of the first filter to the upper edge of the last. */
  readonly low: number;
  readonly high: number;
}

/** Triangular filters, equally wide in mel, each from the middle of the one before to the middle of the next. */
export interface FilterBank {
  readonly bytes: number;
  /** Hz, of each filter's middle. */
  readonly centres: Float64Array;
  /** Filters between whose edges no bin lies: they give nothing. */
  readonly empty: readonly number[];
  /** Sums the powers under each filter into `energies`. */
  run(powers: Float64Array, energies: Float64Array): void;
}

/**
 * @see Davis and Mermelstein (1980); edges on whole bins ⌊(size + 1) f / rate⌋, as python_speech_features.get_filterbanks
 */
export function createFilterBank({ filters, size, rate, low, high }: FilterBankSettings): FilterBank {
  const bins = (size >> 1) + 1;
  const [lowest, highest] = [toMel(low), toMel(high)];
  const edges = Float64Array.from({ length: filters + 2 }, (_, index) =>
    fromMel(lowest + ((highest - lowest) * index) / (filters + 1)),
  );
  const places = Array.from(edges, (edge) => Math.floor(((size + 1) * edge) / rate));
  const weights = new Float64Array(filters * bins);
  for (let filter = 0; filter < filters; filter++) {
    const [left = 0, middle = 0, right = 0] = places.slice(filter, filter + 3);
    for (let bin = left; bin < middle; bin++) weights[filter * bins + bin] = (bin - left) / (middle - left);
    for (let bin = middle; bin < right; bin++) weights[filter * bins + bin] = (right - bin) / (right - middle);
  }
  const row = (filter: number) => weights.subarray(filter * bins, (filter + 1) * bins);
  return {
    bytes: weights.byteLength,
    centres: edges.slice(1, -1),
    empty: Array.from({ length: filters }, (_, filter) => filter).filter((filter) => row(filter).every((w) => w === 0)),
    run(powers, energies) {
      for (let filter = 0; filter < filters; filter++) {
        let sum = 0;
        const to = places[filter + 2] as number;
        for (let bin = places[filter] as number; bin < to; bin++) {
          sum += (weights[filter * bins + bin] as number) * (powers[bin] as number);
        }
        energies[filter] = sum;
      }
    },
  };
}
