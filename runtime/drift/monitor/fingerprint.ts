import type { ReferenceRows } from '../types.ts';

/**
 * Tells references apart, and what they are calibrated for: a state belongs to one of them.
 *
 * @see FNV-1a, 32 bits, twice
 */
export function fingerprint(reference: ReferenceRows | undefined, settings: object): string {
  let [one, other] = [0x811c9dc5, 0x01000193];
  const mix = (word: number) => {
    one = Math.imul(one ^ word, 0x01000193);
    other = Math.imul(other ^ (word >>> 7), 0x85ebca6b) ^ one;
  };
  const text = JSON.stringify([settings, reference?.names, reference?.rows.length]);
  for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i));
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  for (const row of reference?.rows ?? []) {
    for (let i = 0; i < row.length; i++) {
      number[0] = row[i] as number;
      mix(words[0] as number);
      mix(words[1] as number);
    }
  }
  return `${(one >>> 0).toString(16)}${(other >>> 0).toString(16)}`;
}
