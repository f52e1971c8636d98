import { allFinite } from '../../numerics/index.ts';
import type { PreparedBlock, Step } from './block.ts';
import type { Memory } from './memory.ts';

/** What changes a stream sample by sample, with a memory of what came before. */
export interface Stream {
  readonly bytes: number;
  /** Changes samples `from` up to the end of `samples` into `output`. */
  run(samples: Float64Array, output: Float64Array, from: number): void;
  /** Forgets what came before. @param first the sample that comes next */
  reset(first: number): void;
}

/**
 * A transform with a memory, as a block. `reset`: what comes out depends on the window alone. `carry`: the stream is changed as
 * a whole; of a window that overlaps the one before only its fresh samples are, the others were already. What is not finite
 * would stay in a memory for ever: after a window in which a block before has made such values, it begins anew.
 */
export function prepareStream(
  channels: readonly string[],
  length: number,
  memory: Memory,
  make: () => Stream,
): PreparedBlock {
  const lanes = channels.map((channel) => ({
    ...{ channel, stream: make(), kept: new Float64Array(length) },
    sound: true,
  }));
  const begin = (stream: Stream, column: Float64Array, output: Float64Array) => {
    stream.reset(column[0] as number);
    stream.run(column, output, 0);
  };
  return {
    names: [],
    bytes: lanes.reduce((sum, { stream, kept }) => sum + stream.bytes + kept.byteLength, 0),
    ...(memory === 'carry' && { follows: channels }),
    run(columns, _features, _at, { continued, fresh }: Step) {
      for (const lane of lanes) {
        const { channel, stream, kept } = lane;
        const column = columns.get(channel) as Float64Array;
        if (memory === 'reset') begin(stream, column, column);
        else {
          if (continued && lane.sound) {
            kept.copyWithin(0, fresh);
            stream.run(column, kept, length - fresh);
          } else begin(stream, column, kept);
          lane.sound = allFinite(column) && allFinite(kept);
          column.set(kept);
        }
      }
    },
  };
}
