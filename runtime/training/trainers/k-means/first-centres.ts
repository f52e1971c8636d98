import { type TrainingSet, weightAt } from '../standardised/weighted.ts';
import { squaredDistance } from './squared-distance.ts';

/**
 * Rows as centres to begin with: each as likely as its weight times its squared distance to the centres that there are.
 *
 * @see Arthur and Vassilvitskii, k-means++: the advantages of careful seeding (2007)
 */
export function firstCentres(set: TrainingSet, count: number, random: () => number): Float64Array {
  const { rows, width, values } = set;
  const centres = new Float64Array(count * width);
  const chances = Float64Array.from({ length: rows }, (_, row) => weightAt(set, row));
  const nearest = new Float64Array(rows).fill(Infinity);
  for (let centre = 0; centre < count; centre++) {
    const row = drawn(chances, random());
    const to = centre * width;
    for (let column = 0; column < width; column++) centres[to + column] = values[row * width + column] as number;
    for (let other = 0; other < rows; other++) {
      const distance = squaredDistance(values, other * width, centres, to, width, nearest[other]);
      if (distance < (nearest[other] as number)) nearest[other] = distance;
      chances[other] = weightAt(set, other) * (nearest[other] as number);
    }
  }
  return centres;
}

/** @param at 0 to 1 */
function drawn(chances: Float64Array, at: number): number {
  let total = 0;
  for (const chance of chances) total += chance;
  let left = at * total;
  let last = 0;
  for (let row = 0; row < chances.length; row++) {
    const chance = chances[row] as number;
    if (chance === 0) continue;
    last = row;
    left -= chance;
    if (left < 0) break;
  }
  return last;
}
