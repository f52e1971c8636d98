import type { GroomStep } from '../../runtime/signal/index.ts';
import { type GroomRow, SUMMARIES } from './config.ts';

/** The rows of the dialog as steps. */
export const stepsOf = (rows: readonly GroomRow[]): GroomStep[] =>
  rows.map((row) => {
    const channels = row.channels
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    if (row.type !== 'aggregate') return { ...row, channels };
    const { type, period } = row;
    return { type, period, channels, summaries: SUMMARIES.filter((which) => row[which]) };
  });
