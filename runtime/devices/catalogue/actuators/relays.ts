import type { ActuatorEntry } from '../types.ts';
import { channel, on, outputsOf } from './chips.ts';
import { onOff } from './takes.ts';

const SWITCHED = { range: 'true or false', takes: onOff, safe: 0 } as const;

export const RELAYS = {
  relay: {
    ...SWITCHED,
    label: 'relay',
    group: 'relay',
    pins: [{ role: 'signal', label: 'Signal', use: 'output', standard: 'D7' }],
    options: [
      {
        kind: 'choice',
        key: 'type',
        label: 'Wired as',
        options: [
          { value: 'NO', label: 'normally open: a high pin switches on' },
          { value: 'NC', label: 'normally closed: a high pin switches off' },
        ],
        standard: 'NO',
      },
    ],
    note: 'Mains voltage belongs to an electrician. Modules that switch on at a low level are wired as normally closed.',
  },
  output: {
    ...SWITCHED,
    label: 'anything that is on or off',
    group: 'digital output',
    pins: [{ role: 'signal', label: 'Signal', use: 'output', standard: 'D8' }],
    note: 'A pin carries 20 mA: a valve, a fan or a motor needs a transistor or a relay between.',
  },
  'output-mcp23017': {
    ...SWITCHED,
    ...on('mcp23017'),
    label: 'output of an MCP23017',
    group: 'digital output',
    options: [channel(16)],
    outputs: outputsOf('channel'),
    note: 'Channels 0 to 7 are GPA0 to GPA7, 8 to 15 are GPB0 to GPB7.',
  },
  'output-pcf8574': {
    ...SWITCHED,
    ...on('pcf8574'),
    label: 'output of a PCF8574',
    group: 'digital output',
    options: [channel(8)],
    outputs: outputsOf('channel'),
    note: 'The chip hardly drives a high level (0.1 mA): it is for loads that are switched to GND, or for logic.',
  },
} as const satisfies Record<string, ActuatorEntry>;
