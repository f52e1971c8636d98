import type { Block } from '../../runtime/signal/index.ts';
import type { FeatureRow } from './config.ts';

/** The rows of the dialog as blocks of a recipe. */
export const blocksOf = (rows: readonly FeatureRow[]): Block[] =>
  rows.map(({ measure, channels, edges }) => {
    const names = listed(channels);
    if (measure === 'bands') return { type: 'bands', channels: names, edges: listed(edges).map(Number) };
    return { type: 'statistics', channels: names, measures: [measure], detrend: 'none' };
  });

const listed = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
