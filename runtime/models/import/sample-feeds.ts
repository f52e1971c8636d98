import { type Tensors, toPlainTensor } from '../../inference/index.ts';
import type { ModelInput } from '../package/index.ts';
import type { Typical } from './typical-values.ts';

/** Samples of a window whose length is free. */
const FREE_LENGTH = 64;

/**
 * One row that the model takes: values around what it knows of its features.
 *
 * @param random  numbers between 0 and 1
 * @param typical by the name of the input
 */
export function sampleFeeds(
  inputs: readonly ModelInput[],
  typical: ReadonlyMap<string, readonly Typical[]>,
  random: () => number,
): Tensors {
  const feeds = inputs.map((input) => {
    const dims = dimsOf(input);
    const size = dims.reduce((product, each) => product * each, 1);
    const known = typical.get(input.name) ?? [];
    const values = Array.from({ length: size }, (_, i) => valueOf(input, known[i], random));
    return [input.name, toPlainTensor(input.type, { shape: dims, data: values as number[] })] as const;
  });
  return Object.fromEntries(feeds);
}

/** The dimensions of one row. */
export function dimsOf({ kind, shape, image, window, features }: ModelInput): number[] {
  if (image) {
    const channels = image.colours === 'grey' ? 1 : 3;
    const { height, width } = image;
    return image.layout === 'channels-first' ? [1, channels, height, width] : [1, height, width, channels];
  }
  return shape.map((size, dimension) => {
    if (typeof size === 'number') return size;
    if (dimension === 0) return kind === 'features' && shape.length === 1 ? (features?.length ?? 1) : 1;
    if (kind === 'features') return features?.length ?? 1;
    const channels = window?.layout === 'channels-samples' ? 1 : 2;
    return window && dimension === channels ? (window.channels?.length ?? 1) : FREE_LENGTH;
  });
}

function valueOf({ type, kind }: ModelInput, typical: Typical | undefined, random: () => number): number | string {
  if (type === 'string') return WORDS[Math.floor(random() * WORDS.length)] ?? '';
  if (type === 'bool') return random() < 0.5 ? 0 : 1;
  if (kind === 'image') return type.startsWith('float') ? random() : Math.floor(random() * 256);
  // Of three evenly distributed numbers the sum looks like a bell.
  const bell = (random() + random() + random() - 1.5) * 1.5;
  const value = (typical?.centre ?? 0) + bell * (typical?.spread ?? 1);
  if (type.startsWith('float')) return rounded(value);
  return type.startsWith('uint') ? Math.abs(Math.round(value)) : Math.round(value);
}

// Short in a model.json, and the same number in 32 bits.
const rounded = (value: number) => Math.fround(Number(value.toPrecision(4)));

const WORDS = ['pump', 'all is well', 'a noise like a bearing', 'red', 'high'];
