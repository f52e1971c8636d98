import { errors } from '../../errors.ts';
import { createSosFilter } from '../../filters/sos-filter.ts';
import { createPeakSpectrum } from '../../spectra/peak-spectrum.ts';
import type { PrepareBlock } from '../block.ts';
import { centreOf } from '../centre.ts';
import { hertz } from '../hertz.ts';
import { sectionsFor } from '../sections-for.ts';
import type { SpectralFeaturesBlock } from './schema.ts';
import { writeShape } from './shape.ts';

/** In the place of a power of 0, which has no logarithm. */
const LEAST_POWER = 1e-10;

/** Spectral features in the form of Edge Impulse. */
export const prepareSpectralFeatures: PrepareBlock<SpectralFeaturesBlock> = (block, { length, rate }, path) => {
  const { channels, scale, filter: kind, cutoff, order, size, log, overlap } = block;
  const sections = kind !== 'none' && sectionsFor({ pass: kind, order, cutoffs: [cutoff] }, rate, `${path}.cutoff`);
  const filter = sections ? createSosFilter(sections) : undefined;
  const spectrum = createPeakSpectrum(length, size, overlap);
  const samples = new Float64Array(length);
  const spectra = channels.map((name) => ({ name, values: new Float64Array(spectrum.bins) }));
  const width = rate / size;
  // A bin goes half its width to either side of its frequency. Those that the cut-off lies in or at the edge of are kept; the one
  // at 0 Hz holds what is left of the mean.
  const first = kind === 'high' ? Math.max(1, Math.ceil(cutoff / width - 0.5)) : 1;
  const last = kind === 'low' ? Math.min(Math.floor(cutoff / width + 0.5), spectrum.bins - 1) : spectrum.bins - 1;
  if (last < first) {
    const problem = `no frequency is left: those of ${size} samples at ${rate} Hz lie ${width} Hz apart, the first from ${width / 2} Hz on`;
    throw errors.RECIPE_INVALID({ path: `${path}.cutoff`, problem });
  }
  const bins = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const limits = (bin: number) => `${hertz((bin - 0.5) * width, width)}_${hertz((bin + 0.5) * width, width)}`;

  /** The channel scaled, filtered and without its mean. */
  const clean = (column: Float64Array) => {
    for (let n = 0; n < length; n++) samples[n] = (column[n] as number) * scale;
    if (filter) {
      filter.reset();
      filter.run(samples, samples);
    }
    const centre = centreOf(samples);
    for (let n = 0; n < length; n++) samples[n] = (samples[n] as number) - centre;
  };

  return {
    names: channels.flatMap((channel) => [
      ...['signal_rms', 'signal_skewness', 'signal_kurtosis', 'spectrum_skewness', 'spectrum_kurtosis'].map(
        (name) => `${name}_${channel}`,
      ),
      ...bins.map((bin) => `spectrum_${limits(bin)}_${channel}`),
    ]),
    bytes: spectrum.bytes + samples.byteLength + channels.length * 8 * spectrum.bins + (filter?.bytes ?? 0),
    picture: () => ({
      unit: 'Hz',
      axis: Float64Array.from({ length: spectrum.bins }, (_, k) => k * width),
      curves: spectra,
    }),
    run(columns, features, at) {
      let index = at;
      for (const { name, values: powers } of spectra) {
        clean(columns.get(name) as Float64Array);
        spectrum.run(samples, powers);
        index = writeShape(samples, true, features, index);
        index = writeShape(powers, false, features, index);
        for (let bin = first; bin <= last; bin++) {
          const power = powers[bin] as number;
          features[index++] = log ? Math.log10(power === 0 ? LEAST_POWER : power) : power;
        }
      }
    },
  };
};
