/**
 * What someone writes who needs windows and spectral features and no library: arrays, `map` and `reduce`, each window computed
 * from scratch. It computes what the recipe of the benchmark computes.
 */
export type Reading = Readonly<Record<'x' | 'y' | 'z', number>>;

interface Complex {
  re: number;
  im: number;
}

/** Samples in a frame of the spectrum; frames overlap by half. */
const FRAME = 16;

export function createPlain(length: number, stride: number) {
  let buffer: Reading[] = [];
  return {
    /** @returns the features of the window that this reading completes */
    push(reading: Reading): number[] | undefined {
      buffer.push(reading);
      if (buffer.length < length) return undefined;
      const features = featuresOf(buffer);
      buffer = buffer.slice(stride);
      return features;
    },
  };
}

function featuresOf(window: readonly Reading[]): number[] {
  const channels = (['x', 'y', 'z'] as const).map((name) => window.map((reading) => Math.fround(reading[name])));
  return [...channels.flatMap(statistics), ...channels.flatMap(spectral)];
}

function statistics(samples: number[]): number[] {
  return [
    mean(samples),
    standardDeviation(samples),
    Math.min(...samples),
    Math.max(...samples),
    rootMeanSquare(samples),
    skewness(samples),
    kurtosis(samples),
  ];
}

function spectral(samples: number[]): number[] {
  const centre = mean(samples);
  const centred = samples.map((value) => value - centre);
  const powers = new Array<number>(FRAME / 2 + 1).fill(0);
  for (let from = 0; from < centred.length; from += FRAME / 2) {
    const frame = centred.slice(from, from + FRAME);
    while (frame.length < FRAME) frame.push(0);
    const spectrum = fft(frame.map((re) => ({ re, im: 0 })));
    powers.forEach((power, bin) => {
      const { re, im } = spectrum[bin] as Complex;
      powers[bin] = Math.max(power, (re * re + im * im) / FRAME);
    });
  }
  return [
    rootMeanSquare(centred),
    skewness(centred),
    kurtosis(centred),
    skewness(powers),
    kurtosis(powers),
    ...powers.slice(1).map((power) => Math.log10(power === 0 ? 1e-10 : power)),
  ];
}

/** Recursive, of a power of two. */
function fft(values: Complex[]): Complex[] {
  const size = values.length;
  if (size === 1) return values;
  const even = fft(values.filter((_, index) => index % 2 === 0));
  const odd = fft(values.filter((_, index) => index % 2 === 1));
  const result = new Array<Complex>(size);
  for (let k = 0; k < size / 2; k++) {
    const angle = (-2 * Math.PI * k) / size;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const { re, im } = odd[k] as Complex;
    const turned = { re: re * cos - im * sin, im: re * sin + im * cos };
    const left = even[k] as Complex;
    result[k] = { re: left.re + turned.re, im: left.im + turned.im };
    result[k + size / 2] = { re: left.re - turned.re, im: left.im - turned.im };
  }
  return result;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function centralMoment(values: number[], power: number): number {
  const centre = mean(values);
  return mean(values.map((value) => Math.pow(value - centre, power)));
}

const standardDeviation = (values: number[]) => Math.sqrt(centralMoment(values, 2));
const rootMeanSquare = (values: number[]) => Math.sqrt(mean(values.map((value) => value * value)));

function skewness(values: number[]): number {
  const variance = centralMoment(values, 2);
  return variance > 0 ? centralMoment(values, 3) / Math.pow(variance, 1.5) : 0;
}

function kurtosis(values: number[]): number {
  const variance = centralMoment(values, 2);
  return variance > 0 ? centralMoment(values, 4) / (variance * variance) - 3 : 0;
}
