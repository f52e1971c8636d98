import { defineErrors } from '../base/index.ts';

/** Who wants a pin, and who has it. */
interface Taken {
  readonly pin: string;
  readonly board: string;
  readonly holder: string;
  readonly asker: string;
  /** What each of them has there, by its name in the catalogue. */
  readonly holderIs: string;
  readonly askerIs: string;
  readonly pullup?: boolean;
}
/** Two nodes of one name are told apart by what they are. */
const alike = ({ asker, holder }: Taken, is: string) => (asker === holder ? ` (${is})` : '');

/** Letters whose names begin with a vowel: chips are spelt. */
const withArticle = (chip: string) => `${/^[AEFHILMNORSX]/.test(chip) ? 'an' : 'a'} ${chip}`;

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
    meaning:
      'Two nodes want one pin, and at least one of them as an output, or only one of them with its pull-up. Only inputs that are set alike can be shared.',
    message: (v: Taken) =>
      `"${v.asker}"${alike(v, v.askerIs)} cannot have pin ${v.pin} of the board "${v.board}": ${v.asker === v.holder ? 'another ' : ''}"${v.holder}"${alike(v, v.holderIs)} holds it${v.pullup === undefined ? '' : v.pullup ? ' with its pull-up' : ' without its pull-up'}`,
    hint: (v: Taken) =>
      v.asker === v.holder
        ? `Two nodes, perhaps of two flows, are called "${v.asker}": give each a name of its own, and ${v.pullup === undefined ? 'one of them another pin' : 'both the same pull-up'}.`
        : v.pullup === undefined
          ? `Give "${v.asker}" another pin, or remove "${v.holder}".`
          : `Set the pull-up alike in "${v.asker}" and "${v.holder}", or give "${v.asker}" another pin.`,
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
      `the ${v.component} cannot have the address ${v.address} (it has ${v.addresses})`,
    hint: (v: { addresses: string }) => `Choose ${v.addresses}: the level of the chip's address pin decides which.`,
  },
  COMPONENT_OPTION_INVALID: {
    title: 'option not usable',
    meaning: 'An option of a sensor or actuator is unknown, or out of its bounds.',
    message: (v: { component: string; option: string; value?: string; allowed: string }) =>
      v.value === undefined
        ? `the ${v.component} has no option "${v.option}" (it has: ${v.allowed})`
        : `the option "${v.option}" of the ${v.component} cannot be ${v.value} (allowed: ${v.allowed})`,
    hint: (v: { value?: string; allowed: string }) =>
      v.value === undefined
        ? 'Open the node, see whether it is set to the right component, and press Done: only its own options are kept.'
        : `Open the node and set it to ${v.allowed}.`,
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
  RANGE_TAKEN: {
    title: 'range differs',
    meaning: 'A "pins" and a "sensor" node read one chip, and want its range set in two ways. It has only one.',
    message: (v: {
      address: string;
      board: string;
      asker: string;
      holder: string;
      wanted: string;
      has: string;
      sensor: string;
      steady: string;
    }) =>
      `"${v.asker}" cannot read the chip at ${v.address} of the board "${v.board}" at ±${v.wanted}: "${v.holder}" has it at ±${v.has}`,
    hint: (v: { sensor: string; steady: string }) =>
      `Open "${v.sensor}" and set its range to ${v.steady}, as "pins" nodes have it, or remove one of the two nodes.`,
  },
  CHIP_SILENT: {
    title: 'no answer',
    meaning:
      'A sensor stopped answering, or answers and gives nothing that can be right. Nothing is sent until it does.',
    message: (v: { component: string; where: string; board: string; answers: boolean }) =>
      `the ${v.component} ${v.where} of the board "${v.board}" ${v.answers ? 'answers, but gives no reading' : 'does not answer any more'}`,
    hint: (v: { answers: boolean }) =>
      v.answers
        ? 'See whether another chip is at this address, and whether what is measured is beyond its range. It is asked again and again, and goes on by itself.'
        : 'Check its wires and its supply. It is asked again every second, and goes on by itself.',
  },
  CHIP_WRONG: {
    title: 'another chip',
    meaning: 'A chip answers at the address on the I2C bus, but says that it is another one than its node expects.',
    message: (v: { component: string; found: string; lacks: string; address: string; board: string }) =>
      `at ${v.address} of the board "${v.board}" ${v.found ? `${withArticle(v.found)} answers` : 'something else answers'}, where ${withArticle(v.component)} is expected${v.lacks && `: it does not measure ${v.lacks}`}`,
    hint: (v: { component: string; found: string }) =>
      v.found
        ? `Choose the ${v.found} in the node, or set the address at which the ${v.component} is.`
        : 'Read what is printed on the chip or its module and choose that in the node, or set another address. It is asked again every second.',
  },
  FIRMWARE_LACKS: {
    title: 'firmware cannot',
    meaning: 'A sensor or actuator needs something that the firmware of its board cannot do.',
    message: (v: {
      component: string;
      board: string;
      firmware: string;
      need: string;
      has: string;
      hardware: boolean;
    }) => `the ${v.component} needs ${v.need}, which the firmware of the board "${v.board}" (${v.firmware}) cannot do`,
    hint: (v: { has: string; hardware: boolean }) =>
      v.hardware
        ? `Load ${v.has} onto the board with the Arduino IDE, or choose another component.`
        : `No board in software can do it: take a real board with ${v.has}, or choose another component.`,
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
      `the ${v.component} cannot be set to ${v.value} (it takes ${v.range})`,
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
  BOARD_SILENT: {
    title: 'board is silent',
    meaning: 'The line to the board stands, but nothing came over it for some seconds, even when it was asked.',
    message: (v: { board: string; seconds: number }) =>
      `nothing has come from the board "${v.board}" for ${v.seconds} s, though it was asked`,
    hint: 'See whether it has power and, over Wi-Fi, reception; press its reset button. It is connected again by itself.',
  },
  PORT_NONE_CHOSEN: {
    title: 'no port chosen',
    meaning: 'A board is set to a serial port, but none is chosen.',
    message: (v: { board: string; ports: string }) => `no port is chosen for the board "${v.board}" (${v.ports})`,
    hint: 'Plug the board in, open the board node, scan for ports and choose one.',
  },
  PORT_MISSING: {
    title: 'port is missing',
    meaning: 'The serial port that a board is set to does not exist: mostly because the board is not plugged in.',
    message: (v: { port: string; ports: string }) => `there is no port ${v.port} (${v.ports})`,
    hint: 'Plug the board in: it is connected by itself. If it is plugged in, choose its port in the board node; a cable may carry power only.',
  },
  PORT_BUSY: {
    title: 'port is in use',
    meaning: 'Another board of this process, or another program, holds the serial port.',
    message: (v: { port: string; holder: string }) => `the port ${v.port} is held by ${v.holder}`,
    hint: 'Close what holds it, such as the serial monitor of the Arduino IDE, or choose another port. It is tried again by itself.',
  },
  PORT_FORBIDDEN: {
    title: 'no permission',
    meaning: 'The user that runs Millrace may not open the serial port.',
    message: (v: { port: string; user: string; owner: string; remedy: string }) =>
      `the user "${v.user}" may not open the port ${v.port} (${v.owner})`,
    hint: (v: { remedy: string }) => v.remedy,
  },
  PORT_FAILED: {
    title: 'port does not open',
    meaning: 'The system refused to open the serial port, or what is there is no serial port.',
    message: (v: { port: string; reason: string }) => `the port ${v.port} cannot be opened: ${v.reason}`,
    hint: 'See that the port is that of a board and that its baud rate is one that it knows; unplug the board and plug it in again.',
  },
  SERIAL_UNAVAILABLE: {
    title: 'no serial support',
    meaning: 'The package that opens serial ports is not installed, or does not load on this machine.',
    message: (v: { reason: string }) => `serial ports cannot be opened here: ${v.reason}`,
    hint: 'Run `npm install serialport@13` in the directory where Millrace is installed, and start it again. Boards over TCP work without it.',
  },
  ADDRESS_NONE_GIVEN: {
    title: 'no address given',
    meaning: 'A board on the network has no address in its settings.',
    message: (v: { board: string }) => `no host is given for the board "${v.board}"`,
    hint: 'Enter the name or IP address of the board, as its sketch prints it when it joins the network.',
  },
  ADDRESS_UNREACHABLE: {
    title: 'board unreachable',
    meaning: 'No connection to the address of a board on the network could be made.',
    message: (v: { address: string; reason: string }) => `no board answers at ${v.address}: ${v.reason}`,
    hint: 'See whether the board is on and in the same network, and whether address and port are right (StandardFirmataWiFi: 3030). It is tried again by itself.',
  },
  WIRE_BROKEN: {
    title: 'board unplugged',
    meaning: 'The line to a board broke: it was unplugged, or the other side closed the connection.',
    message: (v: { where: string; reason: string }) => `the line to ${v.where} broke: ${v.reason}`,
    hint: 'Plug it in again: it is connected by itself, and its outputs are set to what they were.',
  },
  WIRE_FLOODED: {
    title: 'no board sends so',
    meaning: 'More comes over the line than any board sends, and without end. The line was cut off.',
    message: (v: { board: string; kibibytes: number }) =>
      `more than ${v.kibibytes} KiB a second come over the line of the board "${v.board}"`,
    hint: 'See that its port, or its address, is that of a board and of nothing else; reset the board. It is tried again by itself.',
  },
  FIRMWARE_SILENT: {
    title: 'no answer',
    meaning: 'The port is open, but nothing comes from the board.',
    message: (v: { line: string; seconds: number }) => `nothing answers on ${v.line} within ${v.seconds} s`,
    hint: 'Flash StandardFirmata (Arduino IDE: File, Examples, Firmata) and use its baud rate, 57600. It may also be the port of something else.',
  },
  FIRMWARE_UNKNOWN: {
    title: 'not Firmata',
    meaning: 'Something comes from the board, but it is not the protocol Firmata.',
    message: (v: { line: string; heard: string }) => `what comes on ${v.line} is not Firmata: ${v.heard}`,
    hint: 'Text means that another sketch runs: flash StandardFirmata. Odd bytes mean a wrong baud rate: StandardFirmata uses 57600.',
  },
  FIRMWARE_OLD: {
    title: 'firmware too old',
    meaning: 'The firmware of a board cannot say which pins the board has, or does not when it is asked.',
    message: (v: { line: string; version: string }) =>
      `the firmware on ${v.line} speaks Firmata ${v.version} and does not name the board's pins`,
    hint: 'Flash a present StandardFirmata (2.5 or later) from the Arduino IDE: File, Examples, Firmata.',
  },
});
