/**
 * A frequency as it stands in the name of a feature: so many digits that two neighbours differ.
 *
 * @param spacing Hz between neighbours
 */
export function hertz(frequency: number, spacing: number): string {
  const digits = Math.max(2, 1 - Math.floor(Math.log10(spacing)));
  return String(Number(frequency.toFixed(Math.min(digits, 10))));
}
