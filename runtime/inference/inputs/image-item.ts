import type { ImageSettings } from '../../messages/index.ts';
import { channelCount, imageDims } from './image-dims.ts';
import { readPicture } from './image/read-picture.ts';
import { resize } from './image/resize.ts';
import type { InputSpec } from './input-spec.ts';
import type { ToItem } from './part.ts';

/** Pictures as one row: resized, normalised and laid out as the input's settings say. */
export function imageItem(model: string, spec: InputSpec, settings: ImageSettings): ToItem {
  const { width, height, colours, layout } = settings;
  const channels = channelCount(settings);
  const dims = imageDims(spec.shape.row.length, settings);
  const pixels = width * height;
  const mean = perChannel(settings.mean, channels);
  const scale = perChannel(settings.scale, channels);
  const [least = -Infinity, most = Infinity] = spec.element.range?.map(Number) ?? [];
  const stored = spec.element.range
    ? (value: number) => Math.min(most, Math.max(least, Math.round(value)))
    : (value: number) => value;
  // Which of red, green and blue comes first, second and third.
  const order = colours === 'bgr' ? [2, 1, 0] : [0, 1, 2];

  return (value) => {
    const picture = readPicture(model, value);
    if (!picture) return undefined;
    const resized = resize(picture, width, height);
    const data = new Float32Array(pixels * channels);
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        const bright = colours === 'grey' ? luma(resized, pixel * 3) : resized[pixel * 3 + (order[channel] ?? 0)];
        const at = layout === 'channels-first' ? channel * pixels + pixel : pixel * channels + channel;
        data[at] = stored(((bright ?? NaN) - (mean[channel] ?? 0)) * (scale[channel] ?? 1));
      }
    }
    return { data, dims };
  };
}

const perChannel = (values: readonly number[], channels: number) =>
  Array.from({ length: channels }, (_, i) => values[i] ?? values[0] ?? 0);

/** Brightness of a colour. @see ITU-R BT.601 */
const luma = (rgb: Float64Array, at: number) =>
  0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
