import { isStill, maximum, mean, minimum, quantile, standardDeviation } from '../../../numerics/index.ts';
import type { PrepareBlock } from '../block.ts';
import type { NormaliseBlock } from './schema.ts';

/** Of a normal distribution, so many times its standard deviation. */
const INTERQUARTILE = 1.3489795003921634;

/** Each channel without its centre, in units of its spread. */
export const prepareNormalise: PrepareBlock<NormaliseBlock> = (block, { length }) => {
  const sorted = new Float64Array(block.by === 'robust' ? length : 0);
  const measures = (column: Float64Array): readonly [number, number] => {
    switch (block.by) {
      case 'z-score':
        return [mean(column), isStill(column) ? 0 : standardDeviation(column)];
      case 'min-max': {
        const least = minimum(column);
        return [least, maximum(column) - least];
      }
      case 'robust':
        sorted.set(column);
        sorted.sort();
        return [quantile(sorted, 0.5), (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / INTERQUARTILE];
      case 'given':
        return [block.centre, block.spread];
    }
  };
  return {
    names: [],
    bytes: sorted.byteLength,
    run(columns) {
      for (const channel of block.channels) {
        const column = columns.get(channel) as Float64Array;
        const [centre, spread] = measures(column);
        for (let n = 0; n < length; n++) column[n] = spread > 0 ? ((column[n] as number) - centre) / spread : 0;
      }
    },
  };
};
