import { createSosFilter } from '../../filters/sos-filter.ts';
import type { PrepareBlock } from '../block.ts';
import { sectionsFor } from '../sections-for.ts';
import { prepareStream } from '../stream.ts';
import type { FilterBlock } from './schema.ts';

/** A Butterworth filter over each channel. */
export const prepareFilter: PrepareBlock<FilterBlock> = (block, { length, rate }, path) => {
  const sections = sectionsFor(block, rate, `${path}.cutoffs`);
  return prepareStream(block.channels, length, block.state, () => {
    const filter = createSosFilter(sections);
    return {
      bytes: filter.bytes,
      run: (samples, output, from) => filter.run(samples, output, from),
      reset: (first) => filter.reset(block.start === 'steady' ? first : 0),
    };
  });
};
