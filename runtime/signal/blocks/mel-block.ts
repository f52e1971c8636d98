/** What MFE and MFCC share: frames, and what becomes of them. */
import { errors } from '../errors.ts';
import type { Recipe } from '../schema.ts';
import { createMelEnergies, type MelEnergies } from '../mel/mel-energies.ts';
import type { PreparedBlock } from './block.ts';

export interface MelParameters {
  readonly channels: readonly string[];
  readonly frame: number;
  readonly hop: number;
  readonly size: number;
  readonly filters: number;
  readonly low: number;
  readonly high: number;
  readonly emphasis: number;
  readonly summary: 'mean' | 'mean-std' | 'frames';
}

/** @throws RECIPE_INVALID if the parameters do not fit the rate, the window or one another */
export function melEnergies(parameters: MelParameters, { length, rate }: Recipe, path: string): MelEnergies {
  const { filters, low, emphasis } = parameters;
  const invalid = (name: string, problem: string) => errors.RECIPE_INVALID({ path: `${path}.${name}`, problem });
  const frame = Math.round(parameters.frame * rate);
  const hop = Math.round(parameters.hop * rate);
  const high = parameters.high || rate / 2;
  const size = parameters.size || 2 ** Math.ceil(Math.log2(Math.max(2, frame)));
  if (frame < 2) throw invalid('frame', `${parameters.frame} s are less than 2 samples at ${rate} Hz`);
  if (frame > length) throw invalid('frame', `${frame} samples are more than the window's ${length}`);
  if (hop < 1) throw invalid('hop', `${parameters.hop} s are less than a sample at ${rate} Hz`);
  if (size < frame) throw invalid('size', `${size} is less than the ${frame} samples of a frame`);
  if (high > rate / 2) throw invalid('high', `${high} Hz is above half the rate of ${rate} Hz`);
  if (low >= high) throw invalid('low', `${low} Hz is not below ${high} Hz`);
  const energies = createMelEnergies({ length, rate, frame, hop, size, filters, low, high, emphasis });
  if (energies.empty.length > 0) {
    const problem = `between ${low} and ${high} Hz there are too few frequencies for ${filters} filters; take fewer, or a larger size`;
    throw invalid('filters', problem);
  }
  return energies;
}

/** What is made of the frames of a channel. */
export interface FrameValues {
  /** Of each frame. */
  readonly width: number;
  /** What it holds beside the energies. */
  readonly bytes: number;
  /** Of a value, as `mfe_3`. */
  label(value: number): string;
  /** Writes the values of all frames that are loaded, one frame after the other. */
  write(rows: Float64Array): void;
  /** Of the picture. */
  readonly unit: string;
  readonly axis: Float64Array;
}

/** A block that makes values of each frame of each channel, and sums them up over the frames. */
export function prepareFrames(
  { channels, summary }: MelParameters,
  mel: MelEnergies,
  { width, bytes, label, write, unit, axis }: FrameValues,
): PreparedBlock {
  const { frames } = mel;
  const rows = new Float64Array(frames * width);
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  const shown = channels.map((name) => ({ name, values: new Float64Array(width) }));
  const places = Array.from({ length: width }, (_, index) => index);

  const names = (channel: string): string[] => {
    if (summary === 'frames') {
      return Array.from({ length: frames }, (_, frame) =>
        places.map((place) => `${label(place)}_frame_${frame}_${channel}`),
      ).flat();
    }
    const mean = places.map((place) => `${label(place)}_${channel}`);
    return summary === 'mean' ? mean : [...mean, ...places.map((place) => `${label(place)}_std_${channel}`)];
  };

  return {
    names: channels.flatMap(names),
    bytes: mel.bytes + bytes + rows.byteLength + 8 * (2 + channels.length) * width,
    picture: () => ({ unit, axis, curves: shown }),
    run(columns, features, at) {
      let index = at;
      for (const { name, values: picture } of shown) {
        mel.load(columns.get(name) as Float64Array);
        write(rows);
        means.fill(0);
        squares.fill(0);
        for (let frame = 0; frame < frames; frame++) {
          // Welford: the step from the mean so far to the mean with this frame.
          for (let place = 0; place < width; place++) {
            const distance = (rows[frame * width + place] as number) - (means[place] as number);
            const mean = (means[place] as number) + distance / (frame + 1);
            means[place] = mean;
            squares[place] = (squares[place] as number) + distance * ((rows[frame * width + place] as number) - mean);
          }
        }
        picture.set(means);
        const written = summary === 'frames' ? rows : means;
        features.set(written, index);
        index += written.length;
        if (summary !== 'mean-std') continue;
        for (let place = 0; place < width; place++) features[index++] = Math.sqrt((squares[place] as number) / frames);
      }
    },
  };
}
