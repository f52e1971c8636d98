import { turn } from './turn.ts';

/**
 * The discrete cosine transform, type II, orthonormal: of `size` values the first `kept` coefficients.
 *
 * @returns a function that writes them into `into`, from `at` on
 * @see Ahmed, Natarajan and Rao (1974); agrees with scipy.fft.dct(type=2, norm='ortho')
 */
export function createCosineTransform(size: number, kept: number) {
  const table = new Float64Array(size * kept);
  for (let k = 0; k < kept; k++) {
    const factor = Math.sqrt((k === 0 ? 1 : 2) / size);
    for (let n = 0; n < size; n++) table[k * size + n] = factor * turn(k * (2 * n + 1), 4 * size).cos;
  }
  return {
    bytes: table.byteLength,
    run(values: Float64Array, into: Float64Array, at: number): void {
      for (let k = 0; k < kept; k++) {
        let sum = 0;
        for (let n = 0; n < size; n++) sum += (table[k * size + n] as number) * (values[n] as number);
        into[at + k] = sum;
      }
    },
  };
}
