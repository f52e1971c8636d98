import { crc32 } from 'node:zlib';

const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
/** Bytes of one stored block at the most. */
const MOST = 65_535;

/**
 * A gzip file that holds the bytes as they are. Compressed bytes differ from one zlib and one processor to another, these do
 * not; what travels to a gateway is compressed on the way.
 *
 * @see RFC 1951, section 3.2.4; RFC 1952
 */
export function storeGzip(bytes: Uint8Array): Uint8Array {
  const count = Math.max(1, Math.ceil(bytes.byteLength / MOST));
  const out = Buffer.alloc(HEADER.length + count * 5 + bytes.byteLength + 8);
  out.set(HEADER);
  let at = HEADER.length;
  for (let block = 0; block < count; block++) {
    const part = bytes.subarray(block * MOST, (block + 1) * MOST);
    out.writeUInt8(block === count - 1 ? 1 : 0, at);
    out.writeUInt16LE(part.byteLength, at + 1);
    out.writeUInt16LE(~part.byteLength & 0xffff, at + 3);
    out.set(part, at + 5);
    at += 5 + part.byteLength;
  }
  out.writeUInt32LE(crc32(bytes), at);
  out.writeUInt32LE(bytes.byteLength % 2 ** 32, at + 4);
  return out;
}
