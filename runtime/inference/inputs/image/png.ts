import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import type * as FastPng from 'fast-png';
import type { DecodedPng } from 'fast-png';
import { type Picture, pictureOf } from './picture.ts';

/** Loaded with the first picture: most models look at none. */
const require = createRequire(import.meta.url);

/** What a picture is made of; everything else may be large once it is unpacked, and is not needed. */
const NEEDED = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** @throws {Error} where the file is damaged */
export function readPng(bytes: Uint8Array): Picture {
  const { kept, packed } = chunks(bytes);
  checkPixels(bytes, packed);
  const { decode } = require('fast-png') as typeof FastPng;
  const png = decode(kept, { checkCrc: true });
  if (png.palette) return indexed(png, png.palette);
  if (png.depth < 8) return pictureOf(png, unpacked(png), 1, 2 ** png.depth - 1);
  const full = png.depth === 16 ? 65535 : 255;
  return png.transparency ? keyed(png, png.transparency, full) : pictureOf(png, png.data, png.channels, full);
}

/** The file without what is not needed, and its packed pixels. */
function chunks(bytes: Uint8Array): { kept: Uint8Array; packed: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, 8)];
  const packed: Uint8Array[] = [];
  for (let at = 8, type = ''; type !== 'IEND';) {
    if (at + 12 > bytes.length) throw new Error('it ends before its end mark');
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) throw new Error('it ends in the middle of its pixels');
    type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (NEEDED.has(type)) kept.push(bytes.subarray(at, at + 12 + length));
    if (type === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return { kept: Buffer.concat(kept), packed: Buffer.concat(packed) };
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Unpacked, the pixels are as many as the header promises: neither more, which fills the memory, nor fewer, which would be made up. */
function checkPixels(bytes: Uint8Array, packed: Uint8Array): void {
  const header = new DataView(bytes.buffer, bytes.byteOffset + 16, 13);
  const bits = header.getUint8(8) * (CHANNELS[header.getUint8(9)] ?? 1);
  const interlaced = header.getUint8(12) === 1;
  if (interlaced && bits < 8) throw new Error(`it is interlaced with ${bits} bits a pixel, which is not supported`);
  const expected = scanlines(header.getUint32(0), header.getUint32(4), interlaced)
    .map(([width, height]) => (width === 0 ? 0 : height * (1 + Math.ceil((width * bits) / 8))))
    .reduce((sum, size) => sum + size, 0);
  const got = inflateSync(packed, { maxOutputLength: expected + 1 }).length;
  if (got !== expected) throw new Error(`it holds ${got} bytes of pixels instead of ${expected}`);
}

/** Width and height of the picture, or of each of the seven that Adam7 makes of it. */
function scanlines(width: number, height: number, interlaced: boolean): [width: number, height: number][] {
  if (!interlaced) return [[width, height]];
  const part = (size: number, start: number, step: number) => Math.max(0, Math.ceil((size - start) / step));
  return ADAM7.map(([x, y, across, down]) => [part(width, x, across), part(height, y, down)]);
}

/** First column and row, step across and down. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** One value a pixel, where several share a byte. Lines begin at a byte. */
function unpacked({ width, height, depth, data }: DecodedPng): Uint8Array {
  if (depth >= 8) return data as Uint8Array;
  const values = new Uint8Array(width * height);
  const perByte = 8 / depth;
  const line = Math.ceil(width / perByte);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shift = 8 - depth * ((x % perByte) + 1);
      values[y * width + x] = ((data[y * line + Math.floor(x / perByte)] ?? 0) >> shift) & (2 ** depth - 1);
    }
  }
  return values;
}

function indexed(png: DecodedPng, palette: readonly (readonly number[])[]): Picture {
  const indices = unpacked(png);
  const data = new Uint8Array(indices.length * 4);
  for (let i = 0; i < indices.length; i++) {
    const [red, green, blue, alpha = 255] = palette[indices[i] ?? 0] ?? [];
    if (red === undefined || green === undefined || blue === undefined)
      throw new Error(`colour ${indices[i]} is not in its palette`);
    data.set([red, green, blue, alpha], i * 4);
  }
  return pictureOf(png, data, 4);
}

/** One colour stands for what is transparent. */
function keyed(png: DecodedPng, colour: ArrayLike<number>, full: number): Picture {
  const { width, height, channels, data } = png;
  const shown = new Uint16Array(width * height * (channels + 1));
  for (let i = 0; i < width * height; i++) {
    let same = true;
    for (let channel = 0; channel < channels; channel++) {
      const value = data[i * channels + channel] ?? 0;
      shown[i * (channels + 1) + channel] = value;
      same &&= value === colour[channel];
    }
    shown[i * (channels + 1) + channels] = same ? 0 : full;
  }
  return pictureOf(png, shown, channels + 1, full);
}
