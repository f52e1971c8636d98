import type { ActuatorEntry, ComponentOption } from '../types.ts';
import { channel, on, outputsOf } from './chips.ts';
import { colour } from './colour.ts';
import { brightness } from './takes.ts';

const anode: ComponentOption = {
  ...{ kind: 'flag', key: 'anode', label: 'Common anode (wired to +)', standard: false },
};
const COLOURS = 'a colour such as "#ff8000", "orange" or {red, green, blue} from 0 to 255';

export const LAMPS = {
  led: {
    label: 'LED',
    group: 'LED',
    pins: [{ role: 'signal', label: 'LED', use: 'output', standard: 'D13' }],
    range: 'true or false, or a brightness from 0 to 1',
    takes: brightness,
    safe: 0,
    note: 'A resistor of about 330 Ω goes between pin and LED. A brightness needs a pin that can fade (PWM).',
  },
  'led-pca9685': {
    ...on('pca9685'),
    label: 'LED on a PCA9685',
    group: 'LED',
    options: [channel(16)],
    outputs: outputsOf('channel'),
    range: 'true or false, or a brightness from 0 to 1',
    takes: brightness,
    safe: 0,
    note: 'The LED goes between an output and GND; boards with this chip carry the resistors already.',
  },
  rgb: {
    label: 'RGB LED',
    group: 'RGB LED',
    pins: [
      { role: 'red', label: 'Red', use: 'pwm', standard: 'D9' },
      { role: 'green', label: 'Green', use: 'pwm', standard: 'D10' },
      { role: 'blue', label: 'Blue', use: 'pwm', standard: 'D11' },
    ],
    options: [anode],
    range: COLOURS,
    takes: colour,
    safe: '#000000',
    note: 'One resistor a colour, about 330 Ω. The longest leg goes to GND, or to 5 V with a common anode.',
  },
  'rgb-pca9685': {
    ...on('pca9685'),
    label: 'RGB LED on a PCA9685',
    group: 'RGB LED',
    options: [channel(16, 'red', 'Red'), channel(16, 'green', 'Green', 1), channel(16, 'blue', 'Blue', 2), anode],
    outputs: outputsOf('red', 'green', 'blue'),
    range: COLOURS,
    takes: colour,
    safe: '#000000',
    note: 'Three outputs of the chip, in any order.',
  },
} as const satisfies Record<string, ActuatorEntry>;
