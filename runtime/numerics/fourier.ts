import { turn } from './turn.ts';

/** A discrete Fourier transform of one size, with its tables made. */
export interface Fourier {
  readonly size: number;
  /** What its tables hold. */
  readonly bytes: number;
  /** Transforms in place: X[k] = Σ x[n] e^(-2πi kn/size). */
  transform(real: Float64Array, imaginary: Float64Array): void;
}

/**
 * Iterative radix-2 fast Fourier transform.
 *
 * @param size a power of two
 * @throws {RangeError} if it is not
 * @see Cooley and Tukey (1965); agrees with numpy.fft.fft
 */
export function createFourier(size: number): Fourier {
  if (size < 1 || (size & (size - 1)) !== 0) throw new RangeError(`a Fourier transform of ${size}: no power of two`);
  const half = size >> 1;
  const cosines = new Float64Array(half);
  const sines = new Float64Array(half);
  for (let k = 0; k < half; k++) {
    const { cos, sin } = turn(k, size);
    cosines[k] = cos;
    sines[k] = sin;
  }
  const reversed = new Uint32Array(size);
  for (let index = 1; index < size; index++) {
    reversed[index] = ((reversed[index >> 1] as number) >> 1) | (index & 1 ? half : 0);
  }

  const swap = (values: Float64Array) => {
    for (let index = 0; index < size; index++) {
      const other = reversed[index] as number;
      if (other <= index) continue;
      const held = values[index] as number;
      values[index] = values[other] as number;
      values[other] = held;
    }
  };

  return {
    size,
    bytes: 2 * cosines.byteLength + reversed.byteLength,
    transform(real, imaginary) {
      swap(real);
      swap(imaginary);
      if (size < 4) {
        if (size === 2) addAndSubtract(real, imaginary);
        return;
      }
      firstTwoStages(real, imaginary);
      for (let span = 4; span < size; span *= 2) {
        const step = half / span;
        for (let start = 0; start < size; start += 2 * span) {
          for (let k = 0; k < span; k++) {
            const a = start + k;
            const b = a + span;
            const cos = cosines[k * step] as number;
            const sin = sines[k * step] as number;
            const re = (real[b] as number) * cos + (imaginary[b] as number) * sin;
            const im = (imaginary[b] as number) * cos - (real[b] as number) * sin;
            real[b] = (real[a] as number) - re;
            imaginary[b] = (imaginary[a] as number) - im;
            real[a] = (real[a] as number) + re;
            imaginary[a] = (imaginary[a] as number) + im;
          }
        }
      }
    },
  };
}

/** The one stage of a transform of two. */
function addAndSubtract(real: Float64Array, imaginary: Float64Array): void {
  for (const part of [real, imaginary]) {
    const [a = NaN, b = NaN] = part;
    part[0] = a + b;
    part[1] = a - b;
  }
}

/** The stages of span 1 and 2 in one pass: their factors are 1 and -i, so nothing is multiplied. */
function firstTwoStages(real: Float64Array, imaginary: Float64Array): void {
  for (let a = 0; a < real.length; a += 4) {
    const re0 = (real[a] as number) + (real[a + 1] as number);
    const re1 = (real[a] as number) - (real[a + 1] as number);
    const re2 = (real[a + 2] as number) + (real[a + 3] as number);
    const re3 = (real[a + 2] as number) - (real[a + 3] as number);
    const im0 = (imaginary[a] as number) + (imaginary[a + 1] as number);
    const im1 = (imaginary[a] as number) - (imaginary[a + 1] as number);
    const im2 = (imaginary[a + 2] as number) + (imaginary[a + 3] as number);
    const im3 = (imaginary[a + 2] as number) - (imaginary[a + 3] as number);
    real[a] = re0 + re2;
    real[a + 1] = re1 + im3;
    real[a + 2] = re0 - re2;
    real[a + 3] = re1 - im3;
    imaginary[a] = im0 + im2;
    imaginary[a + 1] = im1 - re3;
    imaginary[a + 2] = im0 - im2;
    imaginary[a + 3] = im1 + re3;
  }
}
