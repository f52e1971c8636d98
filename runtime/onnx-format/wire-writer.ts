/** Writes the protobuf wire format into a growing buffer. */
export interface WireWriter {
  tag(field: number, wireType: number): void;
  /** Negative numbers as 64-bit two's complement, as protobuf has it. */
  varint(value: bigint): void;
  float(value: number): void;
  double(value: number): void;
  /** A length, and the bytes. */
  bytes(value: Uint8Array): void;
  /** Bytes as they are. */
  append(value: Uint8Array): void;
  /** A view of what was written. */
  finish(): Uint8Array<ArrayBuffer>;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export function createWireWriter(): WireWriter {
  let buffer = new Uint8Array(64);
  let view = new DataView(buffer.buffer);
  let at = 0;

  const room = (bytes: number): number => {
    if (at + bytes > buffer.length) {
      const larger = new Uint8Array(Math.max(buffer.length * 2, at + bytes));
      larger.set(buffer);
      buffer = larger;
      view = new DataView(buffer.buffer);
    }
    const from = at;
    at += bytes;
    return from;
  };

  const byte = (value: number) => {
    // Not in one expression: `room` may replace the buffer.
    const from = room(1);
    buffer[from] = value;
  };

  /** Without BigInt: a tag or a length. */
  const short = (value: number) => {
    let rest = value;
    while (rest >= 0x80) {
      byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    byte(rest);
  };

  const varint = (value: bigint) => {
    if (value >= 0n && value <= SAFE) {
      short(Number(value));
      return;
    }
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
      byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    byte(Number(rest));
  };

  const append = (value: Uint8Array) => {
    const from = room(value.length);
    buffer.set(value, from);
  };

  return {
    tag: (field, wireType) => short(field * 8 + wireType),
    varint,
    float(value) {
      const from = room(4);
      view.setFloat32(from, value, true);
    },
    double(value) {
      const from = room(8);
      view.setFloat64(from, value, true);
    },
    bytes(value) {
      short(value.length);
      append(value);
    },
    append,
    finish: () => buffer.subarray(0, at),
  };
}
