import { defineLimit } from '../../../base/index.ts';
import { errors } from '../../errors.ts';
import { isBytes, isRecord, isValues } from '../look.ts';
import { begins, formatOf, readHeader } from './header.ts';
import { readJpeg } from './jpeg.ts';
import { type Picture, pictureOf } from './picture.ts';
import { readPng } from './png.ts';

const pixelLimit = defineLimit('image_pixels', 25_000_000, 'Pictures refused because they have more pixels');

/**
 * A PNG or JPEG file's bytes, or pixels as `{width, height, data}` with 1 to 4 values a pixel (grey, grey and alpha, RGB, RGBA).
 *
 * @returns nothing where the value is neither
 * @throws MODEL_IMAGE_UNKNOWN, MODEL_IMAGE_DAMAGED, MODEL_IMAGE_TOO_LARGE
 */
export function readPicture(model: string, value: unknown): Picture | undefined {
  const bytes = bytesOf(value);
  if (bytes) return decoded(model, bytes);
  if (!isRecord(value)) return undefined;
  const { width, height, data } = value;
  if (typeof width !== 'number' || typeof height !== 'number' || !isValues(data)) return undefined;
  const channels = data.length / (width * height);
  if (!(width >= 1 && height >= 1 && [1, 2, 3, 4].includes(channels))) {
    const reason = `${data.length} values are no 1 to 4 for each of ${width} × ${height}`;
    throw errors.MODEL_IMAGE_DAMAGED({ model, format: 'picture', reason });
  }
  checkSize(model, width, height);
  const wrong = Array.prototype.findIndex.call(data, (each) => !(typeof each === 'number' && each >= 0 && each <= 255));
  if (wrong >= 0) {
    const reason = `value ${wrong} is no number from 0 to 255`;
    throw errors.MODEL_IMAGE_DAMAGED({ model, format: 'picture', reason });
  }
  return pictureOf({ width, height }, data as ArrayLike<number>, channels);
}

/** Also of a buffer that went through JSON. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (isBytes(value)) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (isRecord(value) && value['type'] === 'Buffer' && Array.isArray(value['data']))
    return Uint8Array.from(value['data'] as number[]);
  return undefined;
}

function decoded(model: string, bytes: Uint8Array): Picture {
  const format = formatOf(bytes);
  if (!format) {
    const first = Buffer.from(bytes.subarray(0, 8))
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1 ');
    throw errors.MODEL_IMAGE_UNKNOWN({ model, bytes: bytes.length, first, looks: looksLike(bytes) });
  }
  const header = readHeader(bytes);
  if (!header) throw errors.MODEL_IMAGE_DAMAGED({ model, format, reason: 'it does not say how large it is' });
  const { width, height } = header;
  if (width === 0 || height === 0)
    throw errors.MODEL_IMAGE_DAMAGED({ model, format, reason: `it is ${width} × ${height} pixels large` });
  checkSize(model, width, height);
  try {
    return format === 'PNG' ? readPng(bytes) : readJpeg(bytes, width * height);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw errors.MODEL_IMAGE_DAMAGED({ model, format, reason }, { cause: thrown });
  }
}

function checkSize(model: string, width: number, height: number): void {
  if (width * height <= pixelLimit.value) return;
  pixelLimit.cost();
  throw errors.MODEL_IMAGE_TOO_LARGE({ model, width, height, limit: pixelLimit.value });
}

/** What somebody may have sent instead. */
const OTHERS: readonly (readonly [name: string, signature: readonly number[]])[] = [
  ['a GIF', [0x47, 0x49, 0x46, 0x38]],
  ['a BMP', [0x42, 0x4d]],
  ['a WebP', [0x52, 0x49, 0x46, 0x46]],
  ['a TIFF', [0x49, 0x49, 0x2a, 0x00]],
  ['a TIFF', [0x4d, 0x4d, 0x00, 0x2a]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a web page or XML', [0x3c]],
  ['JSON', [0x7b]],
];

const looksLike = (bytes: Uint8Array) => OTHERS.find(([, signature]) => begins(bytes, signature))?.[0];
