import type { WindowInput, WindowPayload } from '../../messages/index.ts';
import { parseWindow } from '../../signal/index.ts';
import { errors } from '../errors.ts';
import type { InputSpec } from './input-spec.ts';
import { isWindow } from './look.ts';
import type { Item, ToItem } from './part.ts';

type Layout = WindowInput['layout'];

/** Windows as one row of a model that takes samples: channels by name, laid out as the model has them. */
export function windowItem(model: string, spec: InputSpec): ToItem {
  const { row } = spec.shape;
  const settings = spec.declared.window;
  return (value) => {
    if (!isWindow(value)) return undefined;
    const window = parseWindow(value);
    const columns = chosen(model, window, settings?.channels);
    const [samples] = window.shape;
    if (row.length === 1) return flat(model, row[0], window, columns);
    const layout = settings?.layout ?? guess(model, spec, samples, columns.length);
    check(model, layout === 'channels-samples' ? row : [row[1], row[0]], window, columns.length);
    const { data } = window;
    const width = window.channels.length;
    const to = new Float32Array(samples * columns.length);
    for (let sample = 0; sample < samples; sample++) {
      for (let channel = 0; channel < columns.length; channel++) {
        const at = layout === 'channels-samples' ? channel * samples + sample : sample * columns.length + channel;
        to[at] = data[sample * width + (columns[channel] ?? 0)] ?? NaN;
      }
    }
    const dims = layout === 'channels-samples' ? [columns.length, samples] : [samples, columns.length];
    return { data: to, dims };
  };
}

/** Which columns of the window, in the model's order. */
function chosen(model: string, { channels }: WindowPayload, names: readonly string[] | undefined): number[] {
  if (!names) return channels.map((_, i) => i);
  const columns = names.map((name) => channels.indexOf(name));
  if (columns.includes(-1)) {
    throw errors.MODEL_WINDOW_CHANNELS({ model, expected: `the channels ${names.join(', ')}`, got: channels });
  }
  return columns;
}

/** A model that takes samples and knows no channels. */
function flat(model: string, size: number | undefined, window: WindowPayload, columns: readonly number[]): Item {
  check(model, [1, size], window, columns.length);
  const width = window.channels.length;
  const [samples] = window.shape;
  const data = Float32Array.from({ length: samples }, (_, i) => window.data[i * width + (columns[0] ?? 0)] ?? NaN);
  return { data, dims: [samples] };
}

/** @param sizes of channels and samples, where the model has fixed ones */
function check(
  model: string,
  [channels, length]: readonly (number | undefined)[],
  window: WindowPayload,
  count: number,
): void {
  if (channels !== undefined && channels !== count) {
    const expected = channels === 1 ? '1 channel' : `${channels} channels`;
    throw errors.MODEL_WINDOW_CHANNELS({ model, expected, got: window.channels });
  }
  const [samples] = window.shape;
  if (length !== undefined && length !== samples)
    throw errors.MODEL_WINDOW_LENGTH({ model, expected: length, got: samples });
}

/** Of a model whose model.json does not say: as the window fits, or else as models usually are. */
function guess(model: string, { name, shape: { row } }: InputSpec, samples: number, channels: number): Layout {
  const [first, second] = row;
  const fits = (a: number, b: number) => (first ?? a) === a && (second ?? b) === b;
  const channelsFirst = fits(channels, samples);
  if (channelsFirst !== fits(samples, channels)) return channelsFirst ? 'channels-samples' : 'samples-channels';
  // Of a length that is free and a number that is fixed, the second counts channels; of two that are fixed, the smaller.
  if (first === second) {
    const expected = `[rows, ${row.map((size) => size ?? 'any').join(', ')}]`;
    throw errors.MODEL_SHAPE_UNKNOWN({ model, input: name, expected, values: samples * channels });
  }
  const small = second === undefined || (first !== undefined && first < second);
  return small ? 'channels-samples' : 'samples-channels';
}
