import { errors } from '../../errors.ts';
import { butterworth } from '../../filters/butterworth.ts';
import { filterProblem } from '../../filters/design.ts';
import { createSosFilter } from '../../filters/sos-filter.ts';
import type { PrepareBlock } from '../block.ts';
import { prepareStream } from '../stream.ts';
import type { FilterBlock } from './schema.ts';

/** A Butterworth filter over each channel. */
export const prepareFilter: PrepareBlock<FilterBlock> = (block, { length, rate }, path) => {
  const problem = filterProblem(block, rate);
  if (problem !== undefined) throw errors.RECIPE_INVALID({ path: `${path}.cutoffs`, problem });
  const sections = butterworth(block, rate);
  return prepareStream(block.channels, length, block.state, () => {
    const filter = createSosFilter(sections);
    return {
      bytes: filter.bytes,
      run: (samples, output, from) => filter.run(samples, output, from),
      reset: (first) => filter.reset(block.start === 'steady' ? first : 0),
    };
  });
};
