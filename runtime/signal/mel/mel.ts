/** Hz to mel: steps that sound equally large. @see O'Shaughnessy (1987), as HTK has it */
export const toMel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
export const fromMel = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);
