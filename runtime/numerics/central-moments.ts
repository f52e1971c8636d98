import { mean } from './mean.ts';

/** Central moments m2, m3 and m4 (divided by n): of what skewness and kurtosis are made. */
export function centralMoments(values: ArrayLike<number>): { m2: number; m3: number; m4: number } {
  const centre = mean(values);
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let index = 0; index < values.length; index++) {
    const distance = (values[index] as number) - centre;
    const square = distance * distance;
    m2 += square;
    m3 += square * distance;
    m4 += square * square;
  }
  return { m2: m2 / values.length, m3: m3 / values.length, m4: m4 / values.length };
}
