import { createRequire } from 'node:module';
import type * as JpegJs from 'jpeg-js';
import { type Picture, pictureOf } from './picture.ts';

/** Loaded with the first picture: most models look at none. */
const require = createRequire(import.meta.url);

/** jpeg-js counts what it takes: about 20 bytes a pixel, with room for what a progressive one needs. */
const MEGABYTES_PER_MEGAPIXEL = 64;

/** @throws {Error} where the file is damaged or of a kind that is not read: arithmetic coding, 12 bits */
export function readJpeg(bytes: Uint8Array, pixels: number): Picture {
  const { decode } = require('jpeg-js') as typeof JpegJs;
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    // Checked already; its own bound counts in another unit.
    maxResolutionInMP: Infinity,
    maxMemoryUsageInMB: 64 + Math.ceil((pixels / 1e6) * MEGABYTES_PER_MEGAPIXEL),
  });
  return pictureOf({ width, height }, data, 4);
}
