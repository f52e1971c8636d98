import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('devices', {
  PIN_UNKNOWN: {
    title: 'no such pin',
    meaning: 'A sensor or actuator is set to a pin that its board does not have.',
    message: (v: { pin: string; board: string; pins: string }) =>
      `the board "${v.board}" has no pin "${v.pin}" (it has ${v.pins})`,
    hint: 'Choose one of the pins that the board has.',
  },
  PIN_TAKEN: {
    title: 'pin is taken',
    meaning: 'Two nodes want one pin, and at least one of them as an output. Only inputs can be shared.',
    message: (v: { pin: string; board: string; holder: string; asker: string }) =>
      `"${v.asker}" cannot have pin ${v.pin} of the board "${v.board}": "${v.holder}" holds it`,
    hint: (v: { asker: string; holder: string }) => `Give "${v.asker}" another pin, or remove "${v.holder}".`,
  },
  PIN_MODE: {
    title: 'pin cannot do this',
    meaning:
      'The pin exists, but not with the function that is asked of it, such as reading a voltage or fading a LED.',
    message: (v: { pin: string; board: string; mode: string; pins: string }) =>
      `pin ${v.pin} of the board "${v.board}" cannot do ${v.mode} (${v.pins || 'no pin'} can)`,
    hint: (v: { pins: string }) =>
      v.pins ? `Use one of the pins ${v.pins}.` : 'Choose another board for this component.',
  },
  PIN_MISSING: {
    title: 'pin is missing',
    meaning: 'A wire of a sensor or actuator has no pin in the settings of its node.',
    message: (v: { component: string; role: string }) => `the ${v.component} has no pin for its wire "${v.role}"`,
    hint: 'Open the node and choose a pin for each of its wires.',
  },
  PIN_TWICE: {
    title: 'pin set twice',
    meaning: 'Two wires of one sensor or actuator are set to the same pin.',
    message: (v: { component: string; pin: string }) => `two wires of the ${v.component} are set to pin ${v.pin}`,
    hint: 'Give each wire a pin of its own.',
  },
  ADDRESS_INVALID: {
    title: 'no such address',
    meaning: 'A chip on the I2C bus is set to an address that it cannot have.',
    message: (v: { component: string; address: string; addresses: string }) =>
      `a ${v.component} cannot have the address ${v.address} (it has ${v.addresses})`,
    hint: (v: { addresses: string }) => `Choose ${v.addresses}: the level of the chip's address pin decides which.`,
  },
  OPTION_INVALID: {
    title: 'option not usable',
    meaning: 'An option of a sensor or actuator is unknown, or out of its bounds.',
    message: (v: { component: string; option: string; value: string; allowed: string }) =>
      `the option "${v.option}" of the ${v.component} cannot be ${v.value} (allowed: ${v.allowed})`,
    hint: (v: { allowed: string }) => `Open the node and set it to one of: ${v.allowed}.`,
  },
  CHANNELS_INVALID: {
    title: 'bad channels',
    meaning: 'The list of channels of a "pins" node is empty, or two channels have one name.',
    message: (v: { problem: string }) => `the channels cannot be read: ${v.problem}`,
    hint: 'Give each channel a name of its own, and have at least one.',
  },
  RATE_TOO_FAST: {
    title: 'rate is too high',
    meaning: 'A node asks for more samples a second than its board can take.',
    message: (v: { rate: number; most: number; board: string }) =>
      `${v.rate} Hz is more than the board "${v.board}" can sample (${v.most} Hz)`,
    hint: (v: { most: number }) => `Set a rate of ${v.most} Hz or less.`,
  },
  CHIP_UNKNOWN: {
    title: 'no such chip',
    meaning:
      'A scene places a chip on the virtual I2C bus that Millrace does not have, or at an address that it cannot have.',
    message: (v: { chip: string; address: string; chips: string }) =>
      `there is no virtual chip "${v.chip}" at ${v.address}`,
    hint: (v: { chips: string }) => `Place one of these: ${v.chips}.`,
  },
  CHIP_ABSENT: {
    title: 'nothing answers',
    meaning: 'Nothing acknowledges the address on the I2C bus at which a chip is expected.',
    message: (v: { chip: string; address: string; board: string; there: string }) =>
      `no ${v.chip} answers at ${v.address} on the board "${v.board}"`,
    hint: (v: { there: string }) =>
      v.there
        ? `The scene of this virtual board has ${v.there}. Choose one of these, or another scene.`
        : 'Check the four wires (supply, ground, SDA on A4, SCL on A5), and the address that the module is strapped to.',
  },
  ADDRESS_TAKEN: {
    title: 'address is taken',
    meaning: 'Two nodes expect two different chips at one address of the I2C bus.',
    message: (v: { address: string; board: string; holder: string; asker: string; chip: string }) =>
      `"${v.asker}" cannot have address ${v.address} of the board "${v.board}": "${v.holder}" has a ${v.chip} there`,
    hint: (v: { asker: string; holder: string }) =>
      `Strap one of the two chips to another address and set it in its node, or remove "${v.asker}" or "${v.holder}".`,
  },
  WORLD_INVALID: {
    title: 'unknown world',
    meaning: 'A change of the virtual world names something that the scene does not have.',
    message: (v: { problem: string }) => `the virtual world cannot be changed like this: ${v.problem}`,
    hint: (v: { problem: string; allowed: string }) => `msg.world takes any of ${v.allowed}.`,
  },
  SIGNAL_INVALID: {
    title: 'bad signal',
    meaning: 'A signal of a virtual board cannot be made: its recording, its wiring or its name is wrong.',
    message: (v: { signal: string; problem: string }) =>
      `the signal "${v.signal}" of the virtual world cannot be made: ${v.problem}`,
    hint: (v: { signal: string }) => `Open the board and correct the signal "${v.signal}" in its table.`,
  },
  VALUE_INVALID: {
    title: 'value not usable',
    meaning: 'An actuator was sent a value that it cannot show.',
    message: (v: { component: string; value: string; range: string }) =>
      `a ${v.component} cannot be set to ${v.value} (it takes ${v.range})`,
    hint: (v: { range: string }) => `Send ${v.range}, for example from a "change" node.`,
  },
  BOARD_LOST: {
    title: 'board lost',
    meaning: 'The board stopped answering. Nothing is read or written until it is back.',
    message: (v: { board: string; reason: string }) => `the board "${v.board}" stopped answering: ${v.reason}`,
    hint: 'It is tried again by itself, at growing intervals of up to half a minute.',
  },
  BOARD_CLOSED: {
    title: 'board closed',
    meaning: 'A node used a board that a deploy or a shutdown had closed.',
    message: (v: { board: string }) => `the board "${v.board}" is closed`,
    hint: 'Deploy again.',
  },
});
