import { asNumber, isOff, isOn, type OutputValue, type Takes } from './takes.ts';

/** Hz: lower ones are no tone, and higher ones cannot be made from a computer. */
export const LOWEST = 31;
export const HIGHEST = 1000;
const STANDARD = 440;
/** ms of a tone of which nothing is said. */
const BEAT = 250;
const LONGEST = 10_000;
const MOST_NOTES = 64;

const STEPS: Readonly<Record<string, number>> = { c: -9, d: -7, e: -5, f: -4, g: -2, a: 0, b: 2 };

/** Hz of `a4`, `c#5`, `eb3`, or of a number; 0 of a rest. */
function frequency(given: unknown): number | undefined {
  const number = asNumber(given);
  if (number !== undefined) return number === 0 || (number >= LOWEST && number <= HIGHEST) ? number : undefined;
  if (given === '-' || given === null) return 0;
  const [, letter = '', sign = '', octave = '4'] =
    /^([a-g])(#|b)?(\d)?$/i.exec(typeof given === 'string' ? given.trim() : '') ?? [];
  const step = STEPS[letter.toLowerCase()];
  if (step === undefined) return undefined;
  const semitones = step + (sign === '#' ? 1 : sign === 'b' ? -1 : 0) + 12 * (Number(octave) - 4);
  const hertz = Math.round(STANDARD * 2 ** (semitones / 12));
  return hertz >= LOWEST && hertz <= HIGHEST ? hertz : undefined;
}

/** Hz and ms of one note: `a4`, 440, `['a4', 2]` (beats) or `{ frequency, duration }` (ms). */
function note(given: unknown): readonly [number, number] | undefined {
  const [tone, beats] = (Array.isArray(given) ? given : [given]) as readonly unknown[];
  const { frequency: named = tone, duration } = (typeof tone === 'object' && tone !== null ? tone : {}) as Record<
    string,
    unknown
  >;
  const hertz = frequency(named);
  const length = duration === undefined ? (beats === undefined ? BEAT : Number(beats) * BEAT) : asNumber(duration);
  if (hertz === undefined || length === undefined || !(length > 0 && length <= LONGEST)) return undefined;
  return [hertz, Math.round(length)];
}

/** Notes as Hz and ms in turn; none: silence. */
export const tune: Takes = {
  parse(given) {
    if (given === '' || (typeof given !== 'string' && isOff(given))) return [];
    if (isOn(given) && typeof given !== 'number') return [STANDARD, BEAT];
    const list: readonly unknown[] =
      typeof given === 'string' ? given.trim().split(/\s+/) : Array.isArray(given) ? given : [given];
    if (isOff(list[0]) && list.length === 1) return [];
    const notes = list.map(note);
    return notes.length > MOST_NOTES || notes.includes(undefined) ? undefined : notes.flatMap((one) => one ?? []);
  },
  tell: (value: OutputValue) => {
    if (typeof value !== 'object' || value.length === 0) return 'off';
    return value.length === 2 ? `${value[0]} Hz` : `${value.length / 2} notes`;
  },
};
