import type { PrepareBlock } from '../block.ts';
import { prepareEachColumn } from '../each-column.ts';
import type { ScaleBlock } from './schema.ts';

/** Each sample scaled and moved. */
export const prepareScale: PrepareBlock<ScaleBlock> = ({ channels, factor, offset }) =>
  prepareEachColumn(channels, (column) => {
    for (let n = 0; n < column.length; n++) column[n] = (column[n] as number) * factor + offset;
  });
