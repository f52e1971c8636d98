import type { PrepareBlock } from '../block.ts';
import { prepareEachSample } from '../each-sample.ts';
import type { LogBlock } from './schema.ts';

/** The logarithm of each sample. */
export const prepareLog: PrepareBlock<LogBlock> = ({ channels, base, floor, signed }) => {
  const log = base === 'e' ? Math.log : Math.log10;
  return prepareEachSample(
    channels,
    signed
      ? (sample) => Math.sign(sample) * log(1 + Math.abs(sample) / floor)
      : (sample) => log(Math.abs(sample) + floor),
  );
};
