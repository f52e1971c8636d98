import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPeakFinder } from '../../../runtime/numerics/index.ts';
import { sortBy } from '../../../runtime/numerics/sort-by.ts';

it('sorts places by what they point at, of equals the lower first, and leaves the rest of the list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (values) => {
      const places = Int32Array.from([...values.keys(), -7]);
      sortBy(places, values.length, values);
      const wanted = [...values.keys()].sort((a, b) => (values[a] ?? NaN) - (values[b] ?? NaN) || a - b);
      expect([...places]).toEqual([...wanted, -7]);
    }),
  );
});

it('leaves peaks that are far enough from each higher one that is left', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 80 }),
      fc.integer({ min: 2, max: 12 }),
      (values, distance) => {
        const all = createPeakFinder(values.length);
        const thinned = createPeakFinder(values.length, { distance });
        const every = [...all.places.subarray(0, all.find(values))];
        const found = [...thinned.places.subarray(0, thinned.find(values))];
        // As scipy states it: the smaller peaks are removed until all that remain are far enough apart.
        let left: number[] = [];
        for (const place of every.toSorted((a, b) => (values[b] ?? NaN) - (values[a] ?? NaN) || b - a))
          if (left.every((other) => Math.abs(other - place) >= distance)) left = [...left, place];
        expect(found).toEqual(left.toSorted((a, b) => a - b));
      },
    ),
  );
});
