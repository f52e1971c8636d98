import type { PreparedBlock } from './block.ts';

/** A transform that changes each sample by itself. */
export function prepareEachSample(channels: readonly string[], change: (sample: number) => number): PreparedBlock {
  return {
    names: [],
    bytes: 0,
    run(columns) {
      for (const channel of channels) {
        const column = columns.get(channel) as Float64Array;
        for (let n = 0; n < column.length; n++) column[n] = change(column[n] as number);
      }
    },
  };
}
