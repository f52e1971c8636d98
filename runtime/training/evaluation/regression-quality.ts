import type { Estimate, RegressionQuality } from '../../messages/index.ts';
import type { AnsweredValues } from './answered.ts';
import { ratioEstimate } from './estimates.ts';
import { indexGroups, sumByGroup } from './group-index.ts';

/** Residuals that are kept, spread over the rows. */
const RESIDUALS = 500;

/** @see sklearn.metrics.r2_score, mean_absolute_error, mean_squared_error */
export function regressionQuality({ rows, ids, groups, actual, predicted }: AnsweredValues): RegressionQuality {
  const index = indexGroups(groups);
  const ones = sumByGroup(index, () => 1);
  const errorAt = (row: number) => (predicted[row] as number) - (actual[row] as number);
  const squares = sumByGroup(index, (row) => errorAt(row) ** 2);
  const mean = actual.reduce((total, value) => total + value, 0) / Math.max(1, rows);
  const around = sumByGroup(index, (row) => ((actual[row] as number) - mean) ** 2);
  const unexplained = ratioEstimate({ over: squares, under: around });
  const step = Math.max(1, rows / RESIDUALS);
  return {
    r2: { value: 1 - unexplained.value, low: 1 - unexplained.high, high: Math.min(1, 1 - unexplained.low) },
    mae: positive(ratioEstimate({ over: sumByGroup(index, (row) => Math.abs(errorAt(row))), under: ones })),
    rmse: root(positive(ratioEstimate({ over: squares, under: ones }))),
    residuals: Array.from({ length: Math.min(rows, RESIDUALS) }, (_, at) => {
      const row = Math.floor(at * step);
      return { id: ids[row] as number, actual: actual[row] as number, predicted: predicted[row] as number };
    }),
  };
}

const positive = ({ value, low, high }: Estimate): Estimate => ({ value, low: Math.max(0, low), high });
const root = ({ value, low, high }: Estimate): Estimate => ({
  value: Math.sqrt(value),
  low: Math.sqrt(low),
  high: Math.sqrt(high),
});
