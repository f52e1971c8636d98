import { errors } from './errors.ts';

/** Reads the protobuf wire format, never past the end of what it was given. */
export interface WireReader {
  readonly at: number;
  readonly end: number;
  /** @throws ONNX_DAMAGED, as every read does */
  varint(): bigint;
  /** Number and wire type of the next field. */
  tag(): { readonly number: number; readonly wireType: number };
  int32(): number;
  /** A 64-bit integer that must be exact as a number. */
  size(): number;
  float(): number;
  double(): number;
  /** A view of the next length-delimited field. */
  bytes(): Uint8Array;
  skip(wireType: number): void;
  /** A view of what was read since `from`. */
  since(from: number): Uint8Array;
  fail(problem: string): Error;
}

/**
 * @param where for messages: the message that is being read
 * @param base  position of `data` in the file
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function createWireReader(data: Uint8Array, where: string, base = 0): WireReader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;

  const fail = (problem: string) => errors.ONNX_DAMAGED({ at: base + at, where, problem });

  const take = (bytes: number): number => {
    if (bytes > data.length - at) throw fail('the data ends too early');
    const from = at;
    at += bytes;
    return from;
  };

  /** The next varint if it has at most 28 bits, as nearly every one does, without BigInt; else -1, nothing read. */
  const short = (): number => {
    let value = 0;
    for (let index = 0; index < 4 && at + index < data.length; index++) {
      const byte = data[at + index] as number;
      value |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) {
        at += index + 1;
        return value;
      }
    }
    return -1;
  };

  const long = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = data[take(1)] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw fail('a number has more than ten bytes');
  };

  const varint = (): bigint => {
    const value = short();
    return value < 0 ? long() : BigInt(value);
  };

  const size = (): number => {
    const value = short();
    if (value >= 0) return value;
    const exact = Number(BigInt.asIntN(64, long()));
    if (!Number.isSafeInteger(exact)) throw fail(`the size ${exact} is too large`);
    return exact;
  };

  const bytes = () => {
    const value = short();
    const length = value < 0 ? long() : value;
    if (length > data.length - at) throw fail(`a field of ${length} bytes does not fit`);
    const from = take(Number(length));
    return data.subarray(from, at);
  };

  return {
    get at() {
      return at;
    },
    end: data.length,
    varint,
    tag() {
      const tag = size();
      // Field numbers have 29 bits.
      if (tag < 8 || tag >= 2 ** 32)
        throw fail(tag < 8 ? 'a field without a number' : 'a field number that is too large');
      return { number: Math.floor(tag / 8), wireType: tag % 8 };
    },
    int32() {
      const value = short();
      return value < 0 ? Number(BigInt.asIntN(32, long())) : value;
    },
    size,
    float: () => view.getFloat32(take(4), true),
    double: () => view.getFloat64(take(8), true),
    bytes,
    skip(wireType) {
      if (wireType === 0) varint();
      else if (wireType === 1) take(8);
      else if (wireType === 2) bytes();
      else if (wireType === 5) take(4);
      else throw fail(`wire type ${wireType}`);
    },
    since: (from) => data.subarray(from, at),
    fail,
  };
}
