import { quantile } from '../../numerics/index.ts';
import type { DriftShape } from '../../messages/index.ts';

const BINS = 16;

/** How the values of a feature are spread, as it is drawn. */
export interface Shape {
  /** Beside the reference's, those of a window, sorted ascending. */
  beside(current: Float64Array): DriftShape;
}

/**
 * Equal bins over what is usual in the reference, all but one value in a hundred, and over all that the window holds: what has
 * moved far is seen where it is, and not as one bar at the end.
 *
 * @param sorted ascending, no NaN
 */
export function shapeOfNumbers(sorted: Float64Array): Shape {
  const usual = [quantile(sorted, 0.005), quantile(sorted, 0.995)] as const;
  return {
    beside(current) {
      let low = Math.min(usual[0], current[0] ?? Infinity);
      let high = Math.max(usual[1], current.at(-1) ?? -Infinity);
      if (!(high > low)) [low, high] = [low - 0.5 - Math.abs(low) * 1e-9, low + 0.5 + Math.abs(low) * 1e-9];
      const edges = Array.from({ length: BINS + 1 }, (_, i) => low + ((high - low) * i) / BINS);
      const shares = (values: Float64Array) => {
        const counts = new Array<number>(BINS).fill(0);
        for (const value of values) {
          const bin = Math.min(BINS - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * BINS)));
          counts[bin] = (counts[bin] as number) + 1;
        }
        return counts.map((count) => count / Math.max(1, values.length));
      };
      return { of: 'number', edges, reference: shares(sorted), current: shares(current) };
    },
  };
}

/** A share a category; what was never seen is one more, where there is any. */
export function shapeOfCategories(reference: Float64Array, categories: readonly string[]): Shape {
  return {
    beside(current) {
      const found = categoryShares(current, categories.length);
      const unseen = (found.at(-1) as number) > 0;
      const shown = (shares: Float64Array) => [...(unseen ? shares : shares.subarray(0, -1))];
      return {
        of: 'category',
        categories: unseen ? [...categories, 'never seen before'] : [...categories],
        reference: shown(reference),
        current: shown(found),
      };
    },
  };
}

/** @returns a share a category, then of all that are none of them */
export function categoryShares(values: Float64Array, categories: number): Float64Array {
  const shares = new Float64Array(categories + 1);
  for (const value of values) {
    const at = value >= 0 && value < categories ? value : categories;
    shares[at] = (shares[at] as number) + 1 / values.length;
  }
  return shares;
}
