/**
 * WebAssembly as bytes: the few instructions that the kernels need, and the frame of a module.
 *
 * @see https://webassembly.github.io/spec/core/binary/
 */
export type Code = readonly number[];

export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const byte = rest & 0x7f;
    const last = (rest >> 7 === 0 && (byte & 0x40) === 0) || (rest >> 7 === -1 && (byte & 0x40) !== 0);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return bytes;
  }
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, ...value: Code[]): Code => [...value.flat(), 0x21, ...unsigned(local)];
export const int = (value: number): Code => [0x41, ...signed(value)];

const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];

export const add = binary(0x6a);
export const subtract = binary(0x6b);
export const multiply = binary(0x6c);
export const shiftLeft = binary(0x74);
export const both = binary(0x71);
export const equal = binary(0x46);
/** Of integers without sign. */
export const less = binary(0x49);
export const atLeast = binary(0x4f);
/** Of float32: 1 or 0. */
export const atMost = binary(0x5f);
export const addFours = binary(0xfd, 0xe4, 0x01);
export const multiplyFours = binary(0xfd, 0xe6, 0x01);
export const largerFours = binary(0xfd, 0xe9, 0x01);
/** a · b + c, rounded once or twice. */
export const fusedFours = (a: Code, b: Code, c: Code): Code => [...a, ...b, ...c, 0xfd, 0x85, 0x02];

const load =
  (align: number, ...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, align, ...unsigned(offset)];

export const loadInt = load(2, 0x28);
export const loadFloat = load(2, 0x2a);
export const loadFours = load(2, 0xfd, 0x00);
/** One float32, four times. */
export const loadSplat = load(2, 0xfd, 0x09);
export const splat = (value: Code): Code => [...value, 0xfd, 0x13];
export const storeInt = (address: Code, value: Code): Code => [...address, ...value, 0x36, 2, 0];
export const storeFours = (address: Code, value: Code, offset: number): Code => {
  return [...address, ...value, 0xfd, 0x0b, 2, ...unsigned(offset)];
};

/** Does `body` as long as `condition` holds before it. */
export const whileTrue = (condition: Code, ...body: Code[]): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...[...condition, 0x45, 0x0d, 1],
  ...body.flat(),
  ...[0x0c, 0, 0x0b, 0x0b],
];

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly locals: readonly number[];
  readonly body: Code;
}

const utf8 = new TextEncoder();
const text = (value: string): Code => {
  const bytes = utf8.encode(value);
  return [...unsigned(bytes.length), ...bytes];
};
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];

/** A module of functions that return nothing, over the memory `memory` of `host`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...unsigned(parameters.length), ...parameters, 0]);
  const exported = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const whole = [...list(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(whole.length), ...whole];
  });
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list([[...text('host'), ...text('memory'), 2, 0, 1]])),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(7, list(exported)),
    ...section(10, list(bodies)),
  ]);
}
