import type { ImageSettings } from '../../messages/index.ts';
import type { Shape } from './graph-walk.ts';
import { parseNames } from './metadata-values.ts';

/** Pixels, where neither the shape nor the metadata says it: what most models of pictures are trained with. */
const COMMON_SIZE = 224;

export interface ProposedImage {
  readonly image: ImageSettings;
  readonly warning: string;
}

/** How a picture becomes an input of four dimensions. What nothing in the file says is said as a warning. */
export function proposeImage(shape: Shape, type: string, metadata: Readonly<Record<string, string>>): ProposedImage {
  const [, second, third, fourth] = shape;
  const first = [1, 3].includes(Number(second));
  const channels = Number(first ? second : fourth);
  const [height, width] = (first ? [third, fourth] : [second, third]) as [Shape[number], Shape[number]];
  const said = numbersIn(metadata['imgsz'] ?? metadata['image_size'] ?? '');
  const fixedHeight = sized(height) ?? sized(said[0]);
  const fixedWidth = sized(width) ?? sized(said.at(-1));
  const mean = numbersIn(metadata['mean'] ?? metadata['image_mean'] ?? '');
  const std = numbersIn(metadata['std'] ?? metadata['image_std'] ?? '');
  // Usually of pixels between 0 and 1.
  const known = mean.length > 0 && std.length > 0;
  const unit = mean.every((value) => Math.abs(value) <= 1) ? 255 : 1;
  const whole = !type.startsWith('float');
  const image: ImageSettings = {
    width: fixedWidth ?? COMMON_SIZE,
    height: fixedHeight ?? COMMON_SIZE,
    colours: channels === 1 ? 'grey' : 'rgb',
    layout: first ? 'channels-first' : 'channels-last',
    mean: known ? mean.map((value) => value * unit) : [0],
    scale: known ? std.map((value) => 1 / (value * unit)) : [whole ? 1 : 1 / 255],
  };
  const size = fixedHeight === undefined || fixedWidth === undefined ? `, and to ${COMMON_SIZE} × ${COMMON_SIZE}` : '';
  const scaling = known
    ? 'Pixels are scaled as the metadata says'
    : whole
      ? 'Pixels are given as they are, from 0 to 255'
      : 'Nothing in the file says how pixels are scaled: they are brought to between 0 and 1';
  return { image, warning: `${scaling}${size}. Check it against how the model was trained.` };
}

const sized = (value: Shape[number] | undefined) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 8192 ? value : undefined;

function numbersIn(text: string): number[] {
  const numbers = (parseNames(text) ?? [text]).map((each) => (each.trim() === '' ? NaN : Number(each)));
  return numbers.length <= 3 && numbers.every(Number.isFinite) ? numbers : [];
}
