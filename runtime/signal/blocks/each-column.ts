import type { PreparedBlock } from './block.ts';

/** A transform that changes each sample by itself. The loop is the block's own: a call a sample would box every number. */
export function prepareEachColumn(channels: readonly string[], change: (column: Float64Array) => void): PreparedBlock {
  return {
    names: [],
    bytes: 0,
    run(columns) {
      for (const channel of channels) change(columns.get(channel) as Float64Array);
    },
  };
}
