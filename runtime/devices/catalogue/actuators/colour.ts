import { isOff, isOn, plain, type Takes } from './takes.ts';

/** The sixteen names that HTML 4 gave colours, and the common ones beside them. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ black: '#000000', silver: '#c0c0c0', gray: '#808080', grey: '#808080', white: '#ffffff', maroon: '#800000' },
  ...{ red: '#ff0000', purple: '#800080', fuchsia: '#ff00ff', magenta: '#ff00ff', green: '#008000', lime: '#00ff00' },
  ...{ olive: '#808000', yellow: '#ffff00', navy: '#000080', blue: '#0000ff', teal: '#008080', aqua: '#00ffff' },
  ...{ cyan: '#00ffff', orange: '#ffa500', pink: '#ffc0cb', brown: '#a52a2a', gold: '#ffd700', violet: '#ee82ee' },
};
const PARTS = ['red', 'green', 'blue'] as const;

const hex = (parts: readonly unknown[]): string | undefined =>
  parts.length === 3 && parts.every((part) => typeof part === 'number' && part >= 0 && part <= 255)
    ? `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`
    : undefined;

function fromText(text: string): string | undefined {
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(text);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit.repeat(2))
      .join('')}`;
  return /^#?[0-9a-f]{6}$/.test(text) ? `#${text.replace('#', '')}` : NAMES[text];
}

/** A colour as `#ff8000`. */
export const colour: Takes = {
  parse(given) {
    if (isOn(given)) return '#ffffff';
    if (isOff(given)) return '#000000';
    const value = plain(given);
    if (typeof value === 'string') return fromText(value);
    if (Array.isArray(value)) return hex(value);
    if (typeof value !== 'object' || value === null) return undefined;
    return hex(PARTS.map((part) => (value as Record<string, unknown>)[part]));
  },
  tell: (value) => (value === '#000000' ? 'off' : String(value)),
};

/** Red, green and blue of `#ff8000`, 0 to 255 each. */
export function colourParts(value: string): [number, number, number] {
  const number = Number.parseInt(value.slice(1), 16);
  return [number >> 16, (number >> 8) & 0xff, number & 0xff];
}
