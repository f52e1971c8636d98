import { errors } from './errors.ts';

/** Reads the protobuf wire format, never past the end of what it was given. */
export interface WireReader {
  readonly at: number;
  readonly end: number;
  /** @throws ONNX_DAMAGED, as every read does */
  varint(): bigint;
  float(): number;
  double(): number;
  /** A view of the next length-delimited field. */
  bytes(): Uint8Array;
  skip(wireType: number): void;
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

  const varint = (): bigint => {
    let low = 0;
    // The first 28 bits without BigInt: nearly every varint is that short.
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = data[take(1)] as number;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = data[take(1)] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw fail('a number has more than ten bytes');
  };

  const bytes = () => {
    const length = varint();
    if (length > BigInt(data.length - at)) throw fail(`a field of ${length} bytes does not fit`);
    const from = take(Number(length));
    return data.subarray(from, at);
  };

  return {
    get at() {
      return at;
    },
    end: data.length,
    varint,
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
    fail,
  };
}
