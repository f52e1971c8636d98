/** What the sidebar says of boards. */
import type { BoardView } from '../../runtime/messages/index.ts';
import { duration, number } from './numbers.ts';
import { plain } from './words.ts';

export type Pin = BoardView['pins'][number];

export const BOARD_WORDS = {
  title: 'Board',
  hardware: { virtual: 'virtual', emulated: 'emulated', serial: 'USB', tcp: 'network' },
  connecting: 'Being connected …',
  unset: 'not set',
  away: 'Not connected',
  awayFor: (ms: number) => `Not connected for ${duration(ms)}`,
  picture: (board: string, pins: number) =>
    `${board}: ${pins === 1 ? 'one pin is' : `${pins === 0 ? 'no' : pins} pins are`} in use`,
  noPins: 'No node uses a pin of it.',
  pins: 'Pins in use',
  columns: { pin: 'Pin', what: 'Wired to it', value: 'Value', holders: 'Used by' },
  bus: { A4: 'SDA', A5: 'SCL' },
  onBus: 'the I2C bus',
  chips: 'On the I2C bus',
  dots: (lit: number, all: number) => `${lit} of ${all} lamps are lit`,
  address: (address: number) => `0x${address.toString(16).padStart(2, '0')}`,
  world: (scene: string) => `World: ${plain(scene)}`,
  faults: 'Break a sensor',
  setting: 'setting…',
  point: 'Point at a pin to see who uses it.',
} as const;

const OUTPUT = /out|pwm|servo|stepper/i;

/** One of the wires by which an actuator is told what to do: what it is at says nothing to people. */
export const isSignal = ({ mode }: Pick<Pin, 'mode'>): boolean => mode === 'signal';

export const isServo = ({ mode }: Pick<Pin, 'mode'>): boolean => /servo/i.test(mode);

/** A servo that turns on and on has a speed and no angle. */
export const hasAngle = ({ mode, unit, unset }: Pick<Pin, 'mode' | 'unit' | 'unset'>): boolean =>
  isServo({ mode }) && (unit === '°' || unset === true);

export const isOutput = ({ mode }: Pick<Pin, 'mode'>): boolean => OUTPUT.test(mode);

type Shown = Pick<Pin, 'mode' | 'value' | 'unit' | 'level' | 'unset'>;

/** An input that has not been read since the board was connected. */
const isUnread = ({ mode, level }: Shown) => level === undefined && !isOutput({ mode });

/** `on`, `40 %`, `90°` of an output; `24.3 °C` of an input. */
export function valueWords(pin: Shown): string {
  const { mode, value, unit = '' } = pin;
  if (/i2c/i.test(mode) || isSignal(pin)) return '';
  if (isUnread(pin)) return '–';
  if (pin.unset) return BOARD_WORDS.unset;
  if (hasAngle(pin)) return `${Math.round(value)}°`;
  if (isOutput({ mode })) {
    if (value === 0) return 'off';
    if (value === 1) return 'on';
    return value < 1 ? `${Math.round(value * 100)} %`.replace('-', '−') : number(value);
  }
  return [number(value), unit].filter(Boolean).join(' ');
}

/** What fits below a pin, without the unit: `0.23`, `24.3`, `on`, `40%`. */
export function shortValue(pin: Shown): string {
  const { mode, value, unit } = pin;
  if (isSignal(pin)) return '';
  if (isUnread(pin) || pin.unset) return '–';
  if (isOutput({ mode })) {
    const words = valueWords({ mode, value, ...(unit !== undefined && { unit }) });
    // With a sign there is no room for more.
    return words.replace(value < 0 ? ' %' : ' ', '');
  }
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return size < 10_000 ? value.toFixed(digits).replace('-', '−') : number(value);
}

/** `D2–D4`, or a line for each run of pins. */
export function pinRuns(pins: readonly string[]): string[] {
  const places = pins.map((pin) => ({ letter: pin.slice(0, 1), number: Number(pin.slice(1)) }));
  places.sort((a, b) => a.letter.localeCompare(b.letter) || a.number - b.number);
  const runs: { letter: string; from: number; to: number }[] = [];
  for (const { letter, number } of places) {
    const last = runs.at(-1);
    if (last?.letter === letter && last.to === number - 1) last.to = number;
    else runs.push({ letter, from: number, to: number });
  }
  return runs.map(({ letter, from, to }) => `${letter}${from}${to > from ? `–${letter}${to}` : ''}`);
}

/** `acceleration x`, `0.116 g` of what a chip gave or was given; a value without a name has only that. */
export function chipValue(words: string): { readonly name: string; readonly value: string } {
  const [, name = '', value = words] = /^(.+): (.*)$/.exec(words) ?? /^(\D.*?) (-?\d.*)$/.exec(words) ?? [];
  return { name, value: value.replace(/^-/, '−') };
}

/** `D9, fan, 40 %, used by cool` */
export function pinWords({ pin, label, holders = [], ...rest }: Pin): string {
  const what = /i2c/i.test(rest.mode) ? BOARD_WORDS.onBus : plain(label);
  const by = holders.length > 0 ? `used by ${holders.join(', ')}` : '';
  return [pin, what, valueWords(rest), by].filter(Boolean).join(', ');
}
