/** What the first bytes of a file say of it. */

export interface Header {
  readonly format: 'PNG' | 'JPEG';
  readonly width: number;
  readonly height: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

export const begins = (bytes: Uint8Array, signature: readonly number[]) =>
  signature.every((byte, i) => bytes[i] === byte);

export const formatOf = (bytes: Uint8Array): Header['format'] | undefined =>
  begins(bytes, PNG) ? 'PNG' : begins(bytes, JPEG) ? 'JPEG' : undefined;

/** @returns nothing where the file ends before it says how large the picture is */
export function readHeader(bytes: Uint8Array): Header | undefined {
  const format = formatOf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = format === 'PNG' ? pngSize(view) : format === 'JPEG' ? jpegSize(view) : undefined;
  return format && size && { format, ...size };
}

/** IHDR comes first, behind the signature. */
function pngSize(view: DataView) {
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segment by segment to the first that starts a frame. */
function jpegSize(view: DataView) {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    // SOF0 to SOF15 but for DHT, JPG and DAC, which lie between them.
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const bare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += bare ? 2 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
