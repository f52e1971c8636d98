/**
 * Adds the gradients and hessians of rows into the histograms of four features, as WebAssembly: one addition of two lanes puts
 * both into their bin, which JavaScript cannot say. All arguments are places in the memory.
 *
 * @param order where the rows' numbers begin (int32), `count` of them
 * @param pairs where their gradient and hessian lie (2 × float32 each)
 * @param bins  of the four features (a byte a row of the set)
 * @param sums  of the four features (2 × float64 a bin)
 */
export type Kernel = (
  ...places: [
    ...[order: number, count: number, pairs: number],
    ...[binsA: number, binsB: number, binsC: number, binsD: number],
    ...[sumsA: number, sumsB: number, sumsC: number, sumsD: number],
  ]
) => void;

export function createKernel(memory: WebAssembly.Memory): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program()), { m: { m: memory } });
  return exports['f'] as Kernel;
}

const [I32, V128, NOTHING] = [0x7f, 0x7b, 0x40];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const whole = (value: number) => [0x41, value];
const [ADD, SHIFT_LEFT, AT_LEAST] = [0x6a, 0x74, 0x4f];
// Each with its alignment and an offset of 0.
const [LOAD_INT, LOAD_BYTE] = [
  [0x28, 2, 0],
  [0x2d, 0, 0],
];
const [LOAD_PAIR, TO_DOUBLES] = [
  [0xfd, 0x5d, 3, 0],
  [0xfd, 0x5f],
];
const [LOAD_LANES, STORE_LANES, ADD_LANES] = [
  [0xfd, 0x00, 4, 0],
  [0xfd, 0x0b, 4, 0],
  [0xfd, 0xf0, 0x01],
];

function program(): Uint8Array<ArrayBuffer> {
  const [order, count, pairs, bins, sums, parameters] = [0, 1, 2, 3, 7, 11];
  const [row, place, both] = [11, 12, 13];
  const one = (feature: number) => [
    ...[...get(sums + feature), ...get(bins + feature), ...get(row), ADD, ...LOAD_BYTE],
    ...[...whole(4), SHIFT_LEFT, ADD, ...tee(place)],
    ...[...get(place), ...LOAD_LANES, ...get(both), ...ADD_LANES, ...STORE_LANES],
  ];
  const step = (local: number, bytes: number) => [...get(local), ...whole(bytes), ADD, ...set(local)];
  const body = [
    // Locals: two whole numbers, one pair of lanes.
    ...[2, 2, I32, 1, V128],
    // The count becomes the end.
    ...[...get(count), ...whole(2), SHIFT_LEFT, ...get(order), ADD, ...set(count)],
    ...[0x02, NOTHING, 0x03, NOTHING],
    ...[...get(order), ...get(count), AT_LEAST, 0x0d, 1],
    ...[...get(order), ...LOAD_INT, ...set(row)],
    ...[...get(pairs), ...LOAD_PAIR, ...TO_DOUBLES, ...set(both)],
    ...[0, 1, 2, 3].flatMap(one),
    ...[...step(order, 4), ...step(pairs, 8)],
    ...[0x0c, 0, 0x0b, 0x0b, 0x0b],
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters, ...Array.from({ length: parameters }, () => I32), 0]),
    // The memory m of m, at least one page.
    ...section(2, [1, 1, 0x6d, 1, 0x6d, 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0, 0]),
    ...section(10, [1, ...sized(body)]),
  ]);
}

const section = (id: number, content: readonly number[]) => [id, ...sized(content)];
/** Its length in front, below 2¹⁴. */
const sized = (content: readonly number[]) => [(content.length & 0x7f) | 0x80, content.length >> 7, ...content];
