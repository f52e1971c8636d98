import { multiplyTransposedAdd } from '../../../numerics/index.ts';
import { forBlocks } from '../standardised/blocks.ts';

/** |W (z − middle)| of each row. */
export function distances(standardised: Float32Array, middle: Float64Array, matrix: Float64Array): Float64Array {
  const width = middle.length;
  const found = new Float64Array(standardised.length / width);
  let whitened = new Float64Array(0);
  forBlocks(standardised, width, (block, from, count) => {
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < width; column++) {
        const at = row * width + column;
        block[at] = (block[at] as number) - (middle[column] as number);
      }
    }
    if (whitened.length < count * width) whitened = new Float64Array(count * width);
    whitened.fill(0);
    multiplyTransposedAdd(count, width, width, block, matrix, whitened);
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let column = 0; column < width; column++) sum += (whitened[row * width + column] as number) ** 2;
      found[from + row] = Math.sqrt(sum);
    }
  });
  return found;
}
