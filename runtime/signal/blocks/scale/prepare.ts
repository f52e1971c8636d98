import type { PrepareBlock } from '../block.ts';
import { prepareEachSample } from '../each-sample.ts';
import type { ScaleBlock } from './schema.ts';

/** Each sample scaled and moved. */
export const prepareScale: PrepareBlock<ScaleBlock> = ({ channels, factor, offset }) =>
  prepareEachSample(channels, (sample) => sample * factor + offset);
