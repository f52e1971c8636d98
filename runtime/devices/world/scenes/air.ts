/**
 * Pressure of water vapour over water at which air can hold no more.
 *
 * @param celsius -45 to 60
 * @returns hPa
 * @see Magnus' formula with the coefficients of Sonntag (1990)
 *
 * @example
 * Math.round(saturation(20) * 10) / 10; // 23.3
 */
export const saturation = (celsius: number): number => 6.112 * Math.exp((17.62 * celsius) / (243.12 + celsius));
