import { errors } from './errors.ts';

/**
 * Reads the protobuf wire format, never past the end of what it was given. A class, because a model has a hundred
 * thousand messages and each gets one.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireReader {
  at = 0;
  readonly end: number;
  readonly #data: Uint8Array;
  readonly #where: string;
  readonly #base: number;
  #view: DataView | undefined;

  /**
   * @param where for messages: the message that is being read
   * @param base  position of `data` in the file
   */
  constructor(data: Uint8Array, where: string, base: number) {
    this.#data = data;
    this.#where = where;
    this.#base = base;
    this.end = data.length;
  }

  fail(problem: string): Error {
    return errors.ONNX_DAMAGED({ at: this.#base + this.at, where: this.#where, problem });
  }

  /** @throws ONNX_DAMAGED, as every read does */
  varint(): bigint {
    const value = this.#short();
    return value < 0 ? this.#long() : BigInt(value);
  }

  /** A field's number times eight, and its wire type. */
  tag(): number {
    const tag = this.size();
    // Field numbers have 29 bits.
    if (tag < 8) throw this.fail('a field without a number');
    if (tag >= 2 ** 32) throw this.fail('a field number that is too large');
    return tag;
  }

  int32(): number {
    const value = this.#short();
    return value < 0 ? Number(BigInt.asIntN(32, this.#long())) : value;
  }

  /** A 64-bit integer that must be exact as a number. */
  size(): number {
    const value = this.#short();
    if (value >= 0) return value;
    const exact = Number(BigInt.asIntN(64, this.#long()));
    if (!Number.isSafeInteger(exact)) throw this.fail(`the size ${exact} is too large`);
    return exact;
  }

  float(): number {
    const at = this.#take(4);
    return this.#numbers().getFloat32(at, true);
  }

  double(): number {
    const at = this.#take(8);
    return this.#numbers().getFloat64(at, true);
  }

  /** A view of the next length-delimited field. */
  bytes(): Uint8Array {
    const value = this.#short();
    const length = value < 0 ? this.#long() : value;
    if (length > this.end - this.at) throw this.fail(`a field of ${length} bytes does not fit`);
    const from = this.#take(Number(length));
    return this.#data.subarray(from, this.at);
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.#take(8);
    else if (wireType === 2) this.bytes();
    else if (wireType === 5) this.#take(4);
    else throw this.fail(`wire type ${wireType}`);
  }

  /** A view of what was read since `from`. */
  since(from: number): Uint8Array {
    return this.#data.subarray(from, this.at);
  }

  #numbers(): DataView {
    return (this.#view ??= new DataView(this.#data.buffer, this.#data.byteOffset, this.#data.byteLength));
  }

  #take(bytes: number): number {
    if (bytes > this.end - this.at) throw this.fail('the data ends too early');
    const from = this.at;
    this.at += bytes;
    return from;
  }

  /** The next varint if it has at most 28 bits, as nearly every one does, without BigInt; else -1, nothing read. */
  #short(): number {
    let value = 0;
    for (let index = 0; index < 4 && this.at + index < this.end; index++) {
      const byte = this.#data[this.at + index] as number;
      value |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) {
        this.at += index + 1;
        return value;
      }
    }
    return -1;
  }

  #long(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#data[this.#take(1)] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw this.fail('a number has more than ten bytes');
  }
}
