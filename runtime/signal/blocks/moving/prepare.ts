import { createMoving } from '../../../numerics/index.ts';
import type { PrepareBlock } from '../block.ts';
import { prepareStream } from '../stream.ts';
import type { MovingBlock } from './schema.ts';

/** A moving statistic over each channel. */
export const prepareMoving: PrepareBlock<MovingBlock> = ({ channels, measure, length, state }, recipe) =>
  prepareStream(channels, recipe.length, state, () => {
    const moving = createMoving(measure, length);
    return {
      bytes: moving.bytes,
      run(samples, output, from) {
        for (let n = from; n < samples.length; n++) output[n] = moving.push(samples[n] as number);
      },
      reset: () => moving.reset(),
    };
  });
