import * as wasm from './assembler.ts';

/** Outputs that are computed together: two vectors of four. */
export const PANEL = 8;
const ROWS = 4;

const [X, X_STRIDE, WEIGHTS, BIAS, Y, Y_STRIDE, ROW_COUNT, INPUTS, PANELS, LOWEST] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const [ROW, FROM, TO, WEIGHT, PLACE, END, LEFT, RIGHT, SUMS] = [10, 11, 12, 13, 14, 15, 16, 17, 18];

/**
 * y = max(x · W + b, lowest) for some rows, of which x has the stride xStride and y the stride yStride, in bytes. Weights lie
 * panel by panel, in it by input: eight outputs each.
 *
 * @param fused the processor multiplies and adds in one instruction
 */
export function denseKernel(fused: boolean): wasm.WasmFunction {
  const { I32, F32, V128 } = wasm;
  return {
    name: 'dense',
    parameters: [...new Array<number>(9).fill(I32), F32],
    locals: [...new Array<number>(6).fill(I32), ...new Array<number>(2 + 2 * ROWS).fill(V128)],
    body: wasm.whileTrue(
      wasm.get(PANELS),
      wasm.set(ROW, wasm.get(ROW_COUNT)),
      wasm.set(FROM, wasm.get(X)),
      wasm.set(TO, wasm.get(Y)),
      wasm.whileTrue(wasm.atLeast(wasm.get(ROW), wasm.int(ROWS)), someRows(ROWS, fused)),
      wasm.whileTrue(wasm.get(ROW), someRows(1, fused)),
      wasm.set(WEIGHTS, wasm.add(wasm.get(WEIGHTS), wasm.shiftLeft(wasm.get(INPUTS), wasm.int(5)))),
      wasm.set(BIAS, wasm.add(wasm.get(BIAS), wasm.int(4 * PANEL))),
      wasm.set(Y, wasm.add(wasm.get(Y), wasm.int(4 * PANEL))),
      wasm.set(PANELS, wasm.subtract(wasm.get(PANELS), wasm.int(1))),
    ),
  };
}

/** One panel of so many rows, whose sums stay in registers. */
function someRows(rows: number, fused: boolean): wasm.Code {
  const each = <T>(f: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => f(row));
  const rowAt = (base: number, stride: number, row: number) =>
    wasm.add(wasm.get(base), wasm.multiply(wasm.get(stride), wasm.int(row)));
  const multiplyAdd = (sum: number, x: wasm.Code, weight: number) =>
    fused
      ? wasm.set(sum, wasm.fusedFours(x, wasm.get(weight), wasm.get(sum)))
      : wasm.set(sum, wasm.addFours(wasm.get(sum), wasm.multiplyFours(x, wasm.get(weight))));
  const advance = (local: number, by: wasm.Code) => wasm.set(local, wasm.add(wasm.get(local), by));
  const lowest = wasm.splat(wasm.get(LOWEST));
  return [
    ...each((row) => [
      ...wasm.set(SUMS + 2 * row, wasm.loadFours(wasm.get(BIAS))),
      ...wasm.set(SUMS + 2 * row + 1, wasm.loadFours(wasm.get(BIAS), 16)),
    ]).flat(),
    ...wasm.set(WEIGHT, wasm.get(WEIGHTS)),
    ...wasm.set(PLACE, wasm.get(FROM)),
    ...wasm.set(END, wasm.add(wasm.get(FROM), wasm.shiftLeft(wasm.get(INPUTS), wasm.int(2)))),
    ...wasm.whileTrue(
      wasm.less(wasm.get(PLACE), wasm.get(END)),
      wasm.set(LEFT, wasm.loadFours(wasm.get(WEIGHT))),
      wasm.set(RIGHT, wasm.loadFours(wasm.get(WEIGHT), 16)),
      ...each((row) => {
        const x = wasm.loadSplat(rowAt(PLACE, X_STRIDE, row));
        return [...multiplyAdd(SUMS + 2 * row, x, LEFT), ...multiplyAdd(SUMS + 2 * row + 1, x, RIGHT)];
      }),
      advance(PLACE, wasm.int(4)),
      advance(WEIGHT, wasm.int(4 * PANEL)),
    ),
    ...each((row) => {
      const to = rowAt(TO, Y_STRIDE, row);
      return [
        ...wasm.storeFours(to, wasm.largerFours(wasm.get(SUMS + 2 * row), lowest), 0),
        ...wasm.storeFours(to, wasm.largerFours(wasm.get(SUMS + 2 * row + 1), lowest), 16),
      ];
    }).flat(),
    ...advance(FROM, wasm.multiply(wasm.get(X_STRIDE), wasm.int(rows))),
    ...advance(TO, wasm.multiply(wasm.get(Y_STRIDE), wasm.int(rows))),
    ...wasm.set(ROW, wasm.subtract(wasm.get(ROW), wasm.int(rows))),
  ];
}
