import { seededRandom } from '../../runtime/numerics/index.ts';
import { MODELS } from './onnx-models.ts';

/** The model that a seed stands for, broken in the way that the seed stands for. */
export function mutation(seed: number): Uint8Array {
  const names = Object.keys(MODELS);
  const whole = MODELS[names[seed % names.length] ?? ''] ?? new Uint8Array(0);
  const random = seededRandom(seed + 1);
  const below = (bound: number) => Math.floor(random() * bound);
  let bytes = new Uint8Array(whole);
  for (let change = below(3); change >= 0; change--) bytes = CHANGES[below(CHANGES.length)]?.(bytes, below) ?? bytes;
  return bytes;
}

type Change = (bytes: Uint8Array<ArrayBuffer>, below: (bound: number) => number) => Uint8Array<ArrayBuffer>;

const insert = (bytes: Uint8Array, at: number, more: Iterable<number>) =>
  Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]);

const CHANGES: readonly Change[] = [
  function flipBit(bytes, below) {
    const at = below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    return bytes;
  },
  function otherByte(bytes, below) {
    bytes[below(bytes.length)] = below(256);
    return bytes;
  },
  function truncate(bytes, below) {
    return bytes.slice(0, bytes.length - below(bytes.length >> 2));
  },
  function takeOut(bytes, below) {
    const at = below(bytes.length);
    return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + below(8))]);
  },
  function insertBytes(bytes, below) {
    return insert(
      bytes,
      below(bytes.length),
      Array.from({ length: 1 + below(8) }, () => below(256)),
    );
  },
  function repeat(bytes, below) {
    const at = below(bytes.length);
    return insert(bytes, at, bytes.slice(at, at + 1 + below(64)));
  },
  function blowUpNumber(bytes, below) {
    const size = below(9) + 1;
    return insert(bytes, below(bytes.length), [...new Uint8Array(size).fill(0xff), 0x7f]);
  },
  function swapNumbers(bytes, below) {
    // Small numbers are types, lengths, field numbers, versions.
    const at = below(bytes.length);
    if ((bytes[at] ?? 99) < 32) bytes[at] = below(32);
    return bytes;
  },
];
