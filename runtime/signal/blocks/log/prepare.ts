import type { PrepareBlock } from '../block.ts';
import { prepareEachColumn } from '../each-column.ts';
import type { LogBlock } from './schema.ts';

/** The logarithm of each sample. */
export const prepareLog: PrepareBlock<LogBlock> = ({ channels, base, floor, signed }) => {
  const log = base === 'e' ? Math.log : Math.log10;
  return prepareEachColumn(channels, (column) => {
    for (let n = 0; n < column.length; n++) {
      const sample = column[n] as number;
      const size = Math.abs(sample);
      column[n] = signed ? Math.sign(sample) * log(1 + size / floor) : log(size + floor);
    }
  });
};
