import { encode as encodePng } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ImageSettings } from '../../../../runtime/messages/index.ts';
import { fed, readerOf, refusal, type Shape } from './reading.ts';

/** Takes pictures without changing their values. */
function reader(change: Partial<ImageSettings> = {}, shape?: Shape, type = 'float32') {
  const image: ImageSettings = {
    ...{ width: 2, height: 1, colours: 'rgb', layout: 'channels-last', mean: [0], scale: [1] },
    ...change,
  };
  const channels = image.colours === 'grey' ? 1 : 3;
  const row =
    image.layout === 'channels-last' ? [image.height, image.width, channels] : [channels, image.height, image.width];
  return readerOf(type, shape ?? ['n', ...row], { kind: 'image', image });
}

const values = (read: unknown[]) => read.map((value) => Math.round(Number(value) * 1000) / 1000);
const png = (width: number, height: number, channels: number, data: number[], more = {}) =>
  Buffer.from(encodePng({ width, height, channels, data: new Uint8Array(data), ...more }));

describe('a PNG', () => {
  it('of colours becomes rows, columns, channels', () => {
    const read = reader().read(png(2, 1, 3, [1, 2, 3, 4, 5, 6]));
    expect(fed(read)).toEqual({ dims: [1, 1, 2, 3], data: [1, 2, 3, 4, 5, 6] });
    expect(read).toMatchObject({ rows: 1, batch: false, features: undefined });
  });

  it('is laid out, ordered and normalised as the settings say', () => {
    const picture = png(2, 1, 3, [10, 20, 30, 40, 50, 60]);
    expect(fed(reader({ layout: 'channels-first' }).read(picture))).toEqual({
      dims: [1, 3, 1, 2],
      data: [10, 40, 20, 50, 30, 60],
    });
    expect(fed(reader({ colours: 'bgr' }).read(picture)).data).toEqual([30, 20, 10, 60, 50, 40]);
    expect(values(fed(reader({ mean: [10, 20, 30], scale: [1, 0.1, 0.01] }).read(picture)).data)).toEqual([
      0, 0, 0, 30, 3, 0.3,
    ]);
    // 0.299 · 10 + 0.587 · 20 + 0.114 · 30 and so on.
    expect(values(fed(reader({ colours: 'grey' }).read(picture)).data)).toEqual([18.15, 48.15]);
    expect(fed(reader({ colours: 'grey' }, ['n', 1, 2]).read(picture)).dims).toEqual([1, 1, 2]);
    expect(fed(reader({}, ['n', null, null, 3]).read(picture)).dims).toEqual([1, 1, 2, 3]);
    expect(fed(reader({ scale: [2] }, undefined, 'uint8').read(png(2, 1, 3, [1, 2, 3, 200, 5, 6]))).data).toEqual([
      2, 4, 6, 255, 10, 12,
    ]);
    expect(fed(reader({}, undefined, 'float16').read(png(1, 1, 1, [1]))).data[0]).toBe(0x3c00);
  });

  it('of grey, of 16 bits, with a palette or with less than a byte a pixel means the same', () => {
    expect(fed(reader().read(png(2, 1, 1, [7, 9]))).data).toEqual([7, 7, 7, 9, 9, 9]);
    const deep = encodePng({ width: 2, height: 1, channels: 1, depth: 16, data: new Uint16Array([257 * 7, 65535]) });
    expect(values(fed(reader().read(deep)).data)).toEqual([7, 7, 7, 255, 255, 255]);
    // Palette of black, red, green, blue; two bits a pixel: 3, 1.
    const palette = [0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255];
    expect(fed(reader().read(rawPng(2, 1, 2, 3, [0, 0b11010000], palette))).data).toEqual([0, 0, 255, 255, 0, 0]);
    expect(fed(reader().read(rawPng(2, 1, 1, 0, [0, 0b10000000]))).data).toEqual([255, 255, 255, 0, 0, 0]);
  });

  it('is laid over white where it is transparent', () => {
    const read = reader().read(png(2, 1, 4, [0, 100, 200, 0, 0, 100, 200, 51]));
    // A fifth of the colour, four fifths of white.
    expect(values(fed(read).data)).toEqual([255, 255, 255, 204, 224, 244]);
    expect(values(fed(reader().read(png(2, 1, 2, [0, 0, 10, 255]))).data)).toEqual([255, 255, 255, 10, 10, 10]);
  });
});

describe('the size of a picture', () => {
  it('is that of the model, between pixels where it grows', () => {
    const read = reader({ width: 4 }).read(png(2, 1, 1, [0, 100]));
    expect(values(fed(read).data).filter((_, i) => i % 3 === 0)).toEqual([0, 25, 75, 100]);
  });

  it('takes every pixel into account where it shrinks', () => {
    // Triangle of width 2 around 1: weights 3/7, 3/7, 1/7.
    const across = reader({ colours: 'grey' }).read(png(4, 1, 1, [0, 100, 200, 250]));
    expect(values(fed(across).data)).toEqual([71.429, 207.143]);
    const down = reader({ width: 1, height: 2, colours: 'grey' }).read(png(1, 4, 1, [0, 100, 200, 250]));
    expect(values(fed(down).data)).toEqual([71.429, 207.143]);
    // Stripes of one pixel become even grey, not stripes of another width.
    const stripes = png(
      64,
      3,
      1,
      Array.from({ length: 192 }, (_, i) => (i % 2) * 200),
    );
    const even = fed(reader({ width: 8, height: 3, colours: 'grey' }).read(stripes)).data as number[];
    for (const value of even) expect(Math.abs(value - 100)).toBeLessThan(4);
  });

  it('keeps a plain colour plain, at any size', () => {
    for (const [width, height] of [
      [1, 1],
      [3, 7],
      [16, 5],
      [33, 2],
    ] as const) {
      const read = reader({ width: 5, height: 4 }).read(
        png(
          width,
          height,
          3,
          Array.from({ length: width * height * 3 }, (_, i) => 40 * (1 + (i % 3))),
        ),
      );
      expect(values(fed(read).data)).toEqual(Array.from({ length: 60 }, (_, i) => 40 * (1 + (i % 3))));
    }
  });
});

describe('other pictures', () => {
  it('are JPEG', () => {
    const data = Buffer.from(Array.from({ length: 16 * 16 }, () => [200, 100, 50, 255]).flat());
    const jpeg = encodeJpeg({ width: 16, height: 16, data }, 95).data;
    const [red, green, blue] = fed(reader().read(jpeg)).data as number[];
    for (const [got, meant] of [
      [red, 200],
      [green, 100],
      [blue, 50],
    ] as const)
      expect(Math.abs((got ?? NaN) - meant)).toBeLessThan(4);
    expect(fed(reader().read(Buffer.from(jpeg).toJSON())).data).toEqual(fed(reader().read(jpeg)).data);
  });

  it('are pixels with their size', () => {
    expect(fed(reader().read({ width: 2, height: 1, data: [1, 2, 3, 255, 4, 5, 6, 255] })).data).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    expect(fed(reader().read({ width: 2, height: 1, data: new Uint8ClampedArray([7, 8]) })).data).toEqual([
      7, 7, 7, 8, 8, 8,
    ]);
  });

  it('are tensors that were prepared elsewhere', () => {
    expect(fed(reader().read({ data: [1, 2, 3, 4, 5, 6], shape: [1, 1, 2, 3] })).data).toEqual([1, 2, 3, 4, 5, 6]);
    expect(
      fed(
        reader().read([
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ]),
      ).data,
    ).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('come in batches', () => {
    const read = reader().read([png(2, 1, 1, [7, 9]), { width: 1, height: 1, data: [3] }]);
    expect(fed(read)).toEqual({ dims: [2, 1, 2, 3], data: [7, 7, 7, 9, 9, 9, 3, 3, 3, 3, 3, 3] });
    expect(read).toMatchObject({ rows: 2, batch: true });
  });
});

describe('a picture that is none', () => {
  const refused = (value: unknown) => refusal(() => reader().read(value));

  it('is told by its first bytes', () => {
    expect(refused(Buffer.from('GIF89a'))).toMatchObject({
      code: 'MODEL_IMAGE_UNKNOWN',
      message: 'model "m" takes a PNG or JPEG picture, got 6 bytes that begin with 47 49 46 38 39 61 (a GIF)',
    });
    expect(refused(new Uint8Array(0)).message).toContain('begin with nothing');
    expect(refused('picture.png').code).toBe('MODEL_INPUT_TYPE');
    expect(refused([png(2, 1, 1, [7, 9]), Buffer.from('<html>')]).message).toMatch(/^item 1: .*web page/);
  });

  it('is never half of one', () => {
    const whole = png(
      40,
      40,
      3,
      Array.from({ length: 4800 }, (_, i) => (i * 7919) % 256),
    );
    const jpeg = encodeJpeg({ width: 16, height: 16, data: Buffer.alloc(1024, 90) }, 90).data;
    for (const file of [whole, jpeg]) {
      for (let length = 10; length < file.length - 12; length += 97)
        expect(refused(file.subarray(0, length)).code).toBe('MODEL_IMAGE_DAMAGED');
    }
    const changed = Buffer.from(whole);
    changed[300] = (changed[300] ?? 0) ^ 0xff;
    expect(refused(changed).code).toBe('MODEL_IMAGE_DAMAGED');
  });

  it('is refused before it fills the memory', () => {
    const huge = png(1, 1, 1, [0]);
    huge.writeUInt32BE(100_000, 16);
    huge.writeUInt32BE(100_000, 20);
    expect(refused(huge)).toMatchObject({
      code: 'MODEL_IMAGE_TOO_LARGE',
      message: 'model "m" got a picture of 100000 × 100000 pixels, more than 25000000 in all',
    });
    const jpeg = Buffer.from(encodeJpeg({ width: 8, height: 8, data: Buffer.alloc(256) }, 50).data);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(60_000, frame + 5);
    jpeg.writeUInt16BE(60_000, frame + 7);
    expect(refused(jpeg).code).toBe('MODEL_IMAGE_TOO_LARGE');
    // Says one pixel, and unpacks to 50 MB.
    expect(refused(rawPng(1, 1, 8, 0, new Uint8Array(50_000_000))).code).toBe('MODEL_IMAGE_DAMAGED');
    expect(refused({ width: 1e5, height: 1e5, data: [1] }).code).toBe('MODEL_IMAGE_DAMAGED');
  });

  it('is refused with a code, or read to finite values, however it was changed', () => {
    const pixels = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => (i * 7919) % 256);
    const files = [
      png(16, 16, 4, Array.from(pixels)),
      png(16, 16, 4, Array.from(pixels), { interlace: 'Adam7' }),
      Buffer.from(encodeJpeg({ width: 16, height: 16, data: Buffer.from(pixels) }, 80).data),
    ];
    for (let i = 0; i < 600; i++) {
      const file = Buffer.from(files[i % 3] ?? []);
      // Multiples of primes: the same changes in every run.
      for (let k = 0; k <= i % 4; k++) file[(i * 7919 + k * 104729) % file.length] = (i * 31 + k * 17) % 256;
      try {
        const read = fed(reader().read(file)).data;
        expect(read.every(Number.isFinite)).toBe(true);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: expect.stringMatching(/^MODEL_IMAGE_/) as string });
      }
    }
  });

  it('has settings that fit the shape of the input', () => {
    expect(refusal(() => reader({}, ['n', 3, 2, 1])).code).toBe('MODEL_INPUT_UNSUPPORTED');
  });
});

/** A PNG from its scanlines, for what the encoder does not write. */
function rawPng(
  width: number,
  height: number,
  depth: number,
  colour: number,
  lines: number[] | Uint8Array,
  palette?: number[],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    chunk('IDAT', deflateSync(Uint8Array.from(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
