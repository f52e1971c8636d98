/**
 * Writes the root mean square of the values, where it is wanted, their skewness m3 / m2^1.5 and their excess kurtosis
 * m4 / m2² - 3; both 0 where all values are equal.
 *
 * @returns where in `features` the next value goes
 */
export function writeShape(values: Float64Array, withRms: boolean, features: Float64Array, at: number): number {
  const count = values.length;
  let sum = 0;
  let squares = 0;
  for (let n = 0; n < count; n++) {
    const value = values[n] as number;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let n = 0; n < count; n++) {
    const distance = (values[n] as number) - mean;
    const square = distance * distance;
    m2 += square;
    m3 += square * distance;
    m4 += square * square;
  }
  m2 /= count;
  let index = at;
  if (withRms) features[index++] = Math.sqrt(squares / count);
  features[index++] = m2 > 0 ? m3 / count / (m2 * Math.sqrt(m2)) : 0;
  features[index++] = m2 > 0 ? m4 / count / (m2 * m2) - 3 : 0;
  return index;
}
