import { mirrored } from '../../numerics/index.ts';

/**
 * Takes the mean of the rows around each row off it: what a microphone, a room or a distance adds to every frame goes. Before the
 * first row and after the last the rows are mirrored.
 *
 * @param rows  `width` values each, one after the other
 * @param over  rows of a mean: odd
 * @param into  as long as `rows`, and not the same
 * @see cepstral mean normalisation, Furui (1981); agrees with speechpy.processing.cmvnw(variance_normalization=False)
 */
export function takeSlidingMean(rows: Float64Array, width: number, over: number, into: Float64Array): void {
  const count = rows.length / width;
  const reach = (over - 1) / 2;
  for (let value = 0; value < width; value++) {
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let other = row - reach; other <= row + reach; other++) {
        sum += rows[mirrored(other, count) * width + value] as number;
      }
      const place = row * width + value;
      into[place] = (rows[place] as number) - sum / over;
    }
  }
}
