import type { Step } from '../graph/step.ts';
import type { Slot } from '../graph/value.ts';

/** Brings values of some slots together: the value at place n of a row comes from `places[n]` of `from[n]`. */
export function selectStep(from: readonly Slot[], places: readonly number[], to: Slot): Step {
  const at = Int32Array.from(places);
  return {
    reads: [...new Set(from)],
    writes: [to],
    cost: to.width,
    ...(new Set(from).size === 1
      ? { row: (values: Float64Array) => Float64Array.from(at, (place) => values[place] ?? NaN) }
      : {}),
    link() {
      const sources = from.map(({ array }) => array);
      const widths = Int32Array.from(from, ({ width }) => width);
      const y = to.array;
      return (rows) => {
        for (let index = 0; index < at.length; index++) {
          const x = sources[index] as typeof y;
          const width = widths[index] as number;
          let place = at[index] as number;
          for (let into = index; into < rows * at.length; into += at.length, place += width)
            y[into] = x[place] as number;
        }
      };
    },
  };
}
