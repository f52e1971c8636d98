/**
 * The bytes of the Firmata protocol, version 2.
 *
 * @see https://github.com/firmata/protocol/blob/master/protocol.md
 */
export const FIRMATA = {
  DIGITAL_MESSAGE: 0x90,
  REPORT_ANALOG: 0xc0,
  REPORT_DIGITAL: 0xd0,
  ANALOG_MESSAGE: 0xe0,
  START_SYSEX: 0xf0,
  SET_PIN_MODE: 0xf4,
  SET_DIGITAL_PIN: 0xf5,
  END_SYSEX: 0xf7,
  REPORT_VERSION: 0xf9,
  SYSTEM_RESET: 0xff,
} as const;

export const SYSEX = {
  ANALOG_MAPPING_QUERY: 0x69,
  ANALOG_MAPPING_RESPONSE: 0x6a,
  CAPABILITY_QUERY: 0x6b,
  CAPABILITY_RESPONSE: 0x6c,
  PIN_STATE_QUERY: 0x6d,
  PIN_STATE_RESPONSE: 0x6e,
  EXTENDED_ANALOG: 0x6f,
  SERVO_CONFIG: 0x70,
  STRING_DATA: 0x71,
  ONEWIRE_DATA: 0x73,
  I2C_REQUEST: 0x76,
  I2C_REPLY: 0x77,
  I2C_CONFIG: 0x78,
  REPORT_FIRMWARE: 0x79,
  SAMPLING_INTERVAL: 0x7a,
} as const;

/** Pin modes, as numbered by the protocol. */
export const MODE = { INPUT: 0, OUTPUT: 1, ANALOG: 2, PWM: 3, SERVO: 4, I2C: 6, PULLUP: 11 } as const;

/** A number as two bytes of seven bits, the low one first. */
export const sevenBits = (value: number): [number, number] => [value & 0x7f, (value >> 7) & 0x7f];

/** How many bytes a command takes, its own included; a sysex message ends with END_SYSEX instead. */
export function commandLength(first: number): number {
  const command = first < 0xf0 ? first & 0xf0 : first;
  switch (command) {
    case FIRMATA.DIGITAL_MESSAGE:
    case FIRMATA.ANALOG_MESSAGE:
    case FIRMATA.SET_PIN_MODE:
    case FIRMATA.SET_DIGITAL_PIN:
      return 3;
    case FIRMATA.REPORT_ANALOG:
    case FIRMATA.REPORT_DIGITAL:
      return 2;
    default:
      return 1;
  }
}
