import type { ActuatorEntry, ComponentOption, PinRole } from '../types.ts';
import { on } from './chips.ts';
import { digits, lines, picture, registers } from './text.ts';

const out = (role: string, label: string, standard: string): PinRole => ({ role, label, use: 'output', standard });
const size: ComponentOption = {
  kind: 'choice',
  key: 'size',
  label: 'Size',
  options: [
    { value: '16x2', label: '2 lines of 16' },
    { value: '20x4', label: '4 lines of 20' },
    { value: '16x1', label: '1 line of 16' },
    { value: '8x2', label: '2 lines of 8' },
  ],
  standard: '16x2',
};
const shine: ComponentOption = {
  ...{ kind: 'number', key: 'brightness', label: 'Brightness', unit: '%', min: 0, max: 100, standard: 20 },
};
const serial = [out('data', 'Data (DIN)', 'D2'), out('clock', 'Clock (CLK)', 'D3'), out('cs', 'Select (CS)', 'D4')];

const LCD = { group: 'LCD', range: 'text, a number, or a list of lines', takes: lines, safe: '', pace: 250 } as const;
const MATRIX = {
  group: 'LED matrix',
  range: 'a character a square, or eight rows such as "#......#" (numbers are bits)',
  takes: picture,
  safe: '',
  pace: 250,
} as const;
const DIGITS = {
  group: 'digits',
  range: 'a number or a text that fits its digits',
  takes: digits,
  safe: '',
  pace: 250,
} as const;

export const DISPLAYS = {
  lcd: {
    ...LCD,
    label: 'LCD (HD44780, six wires)',
    pins: [
      out('rs', 'RS', 'D12'),
      out('en', 'EN', 'D11'),
      ...[out('d4', 'D4', 'D5'), out('d5', 'D5', 'D4'), out('d6', 'D6', 'D3'), out('d7', 'D7', 'D2')],
    ],
    options: [size],
    note: 'RW goes to GND, and V0 to a potentiometer for the contrast: without it the display seems empty.',
  },
  'lcd-pcf8574': {
    ...LCD,
    ...on('pcf8574-lcd'),
    twins: ['lcd1602', 'lcd2004'],
    label: 'LCD on the I²C bus (PCF8574 backpack)',
    options: [size, { kind: 'flag', key: 'backlight', label: 'Backlight', standard: true }],
    note: 'The potentiometer on its back sets the contrast. Backpacks with a PCF8574A are at 0x3f.',
  },
  'matrix-max7219': {
    ...MATRIX,
    label: 'LED matrix (MAX7219)',
    pins: serial,
    options: [
      { kind: 'number', key: 'modules', label: 'Squares in a row', unit: '', min: 1, max: 4, whole: true, standard: 1 },
      shine,
    ],
    note: 'Of several squares the one that is wired to the board is the leftmost. It takes 5 V.',
  },
  'matrix-ht16k33': {
    ...MATRIX,
    ...on('ht16k33'),
    label: 'LED matrix (HT16K33)',
    options: [shine],
    note: 'Eight by eight, one colour, as on the small backpacks.',
  },
  'digits-max7219': {
    ...DIGITS,
    label: 'seven-segment digits (MAX7219)',
    pins: serial,
    options: [
      { kind: 'number', key: 'digits', label: 'Digits', unit: '', min: 1, max: 8, whole: true, standard: 8 },
      shine,
    ],
    note: 'Eight digits on three wires. It takes 5 V.',
  },
  'digits-ht16k33': {
    ...DIGITS,
    ...on('ht16k33'),
    label: 'seven-segment digits (HT16K33)',
    options: [
      { kind: 'number', key: 'digits', label: 'Digits', unit: '', min: 4, max: 4, whole: true, standard: 4 },
      shine,
    ],
    note: 'Four digits, as on the backpacks for clocks. The colon stays dark.',
  },
  'shift-74hc595': {
    group: 'shift register',
    label: 'shift register (74HC595)',
    pins: [out('data', 'Data (SER)', 'D2'), out('clock', 'Clock (SRCLK)', 'D3'), out('latch', 'Latch (RCLK)', 'D4')],
    options: [
      {
        kind: 'number',
        key: 'registers',
        label: 'Registers in a row',
        unit: '',
        min: 1,
        max: 4,
        whole: true,
        standard: 1,
      },
    ],
    range: 'a number, bits such as "10110010" (Q7 first), or a list of bytes, the first for the first register',
    takes: registers,
    safe: [],
    pace: 50,
    note: 'OE goes to GND and SRCLR to 5 V. Eight more outputs a register.',
  },
} as const satisfies Record<string, ActuatorEntry>;
