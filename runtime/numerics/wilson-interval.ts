/** Of the normal distribution, at 97.5 %. */
const Z = 1.959963984540054;

/**
 * 95 % confidence interval of a proportion that was counted.
 *
 * @param hits  how often it was so, 0 to `count`
 * @param count of independent trials; 0 gives [0, 1]
 * @returns [low, high], both in [0, 1]
 * @see Wilson (1927); agrees with statsmodels.stats.proportion.proportion_confint(method='wilson')
 * @example
 * wilsonInterval(8, 10).map((bound) => bound.toFixed(4)); // ['0.4902', '0.9433']
 */
export function wilsonInterval(hits: number, count: number): readonly [number, number] {
  if (count <= 0) return [0, 1];
  const share = hits / count;
  const z2 = (Z * Z) / count;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count));
  // All or none: the bound is exact, and rounding must not move it.
  return [hits <= 0 ? 0 : Math.max(0, centre - half), hits >= count ? 1 : Math.min(1, centre + half)];
}
