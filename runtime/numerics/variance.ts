import { mean } from './mean.ts';

/**
 * Population variance (divided by n), in two passes.
 *
 * @see agrees with numpy.var
 */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += ((values[index] as number) - centre) ** 2;
  return sum / values.length;
}
