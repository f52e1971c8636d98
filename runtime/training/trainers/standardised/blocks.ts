const BLOCK = 256;

/**
 * Goes through rows in blocks of doubles, which is what the kernels of numerics take: a copy of all rows is never made.
 *
 * @param each is given a buffer of `count` rows that it may change, and that holds other rows the next time; false ends it
 */
export function forBlocks(
  values: Float32Array,
  width: number,
  each: (block: Float64Array, from: number, count: number) => boolean | undefined | void,
): void {
  const rows = width === 0 ? 0 : values.length / width;
  const block = new Float64Array(Math.min(rows, BLOCK) * width);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    block.set(values.subarray(from * width, (from + count) * width));
    if (each(block, from, count) === false) return;
  }
}
