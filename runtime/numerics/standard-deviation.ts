import { variance } from './variance.ts';

/** Population standard deviation; agrees with numpy.std. */
export const standardDeviation = (values: ArrayLike<number>): number => Math.sqrt(variance(values));
