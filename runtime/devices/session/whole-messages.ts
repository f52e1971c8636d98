/**
 * What a real wire brings, before firmata-io hears it. A byte that was lost or turned on the way makes firmata-io take the
 * next command for a value, throw, or collect without end. So it gets whole messages only, and none that it cannot take.
 */
import { FIRMATA, SYSEX } from '../virtual/protocol.ts';

/** The names of 127 pins with all of their modes are half as long. */
const LONGEST_SYSEX = 8192;
/** Analog and digital values and the version: a command and two bytes. */
const LENGTH = 3;
/** firmata-io goes round in a circle at any other. */
const ONEWIRE_REPLIES = [0x42, 0x43, 0x45];

const isCommand = (byte: number) => {
  const command = byte < FIRMATA.START_SYSEX ? byte & 0xf0 : byte;
  return (
    command === FIRMATA.ANALOG_MESSAGE || command === FIRMATA.DIGITAL_MESSAGE || command === FIRMATA.REPORT_VERSION
  );
};

export interface WholeMessages {
  /** The whole messages that end in this piece of what comes. */
  readonly bytes: Uint8Array;
  /** How many bytes were left out. */
  readonly garbled: number;
}

/** @returns what takes the pieces in their order */
export function createWholeMessages(): (piece: Uint8Array) => WholeMessages {
  let held: number[] = [];
  /** How many pins the board has named. */
  let pins = 0;

  /** @param message the command and what follows it, without the first and the last byte */
  const isSound = ([command, first = 0]: readonly number[], length: number): boolean => {
    switch (command) {
      case undefined:
        return false;
      case SYSEX.REPORT_FIRMWARE:
        return length >= 3;
      case SYSEX.ANALOG_MAPPING_RESPONSE:
        return length - 1 <= pins;
      case SYSEX.PIN_STATE_RESPONSE:
        return length >= 3 && first < pins;
      case SYSEX.ONEWIRE_DATA:
        return ONEWIRE_REPLIES.includes(first);
      default:
        return true;
    }
  };

  return (piece) => {
    const whole: number[] = [];
    let garbled = 0;
    const drop = () => {
      garbled += held.length;
      held = [];
    };
    const pass = () => {
      for (const byte of held) whole.push(byte);
      held = [];
    };
    const endSysex = () => {
      const message = held.slice(1, -1);
      if (!isSound(message, message.length)) return drop();
      if (message[0] === SYSEX.CAPABILITY_RESPONSE) pins ||= message.filter((byte) => byte === 0x7f).length;
      pass();
    };
    for (const byte of piece) {
      const inSysex = held[0] === FIRMATA.START_SYSEX;
      if (inSysex && byte === FIRMATA.END_SYSEX) {
        held.push(byte);
        endSysex();
      } else if (byte > 0x7f) {
        drop();
        if (byte === FIRMATA.START_SYSEX || isCommand(byte)) held = [byte];
        else garbled++;
      } else if (held.length === 0) {
        garbled++;
      } else {
        held.push(byte);
        if (inSysex && held.length > LONGEST_SYSEX) drop();
        else if (!inSysex && held.length === LENGTH) pass();
      }
    }
    return { bytes: Uint8Array.from(whole), garbled };
  };
}
