/** What a real board's outputs are at: it does not say so itself, and so the bytes that go to it are read along. */
import type { FirmataPin } from 'firmata-io';
import { createParser } from '../virtual/parser.ts';
import { createPins, type PinState } from '../virtual/pins.ts';
import { FIRMATA, SYSEX } from '../virtual/protocol.ts';
import type { BoardPin } from '../virtual/uno.ts';

const NO_ANALOG = 127;

/** @returns what takes the bytes that go to the board */
export function createEcho(
  found: readonly FirmataPin[],
  onPin: (pin: number, state: Readonly<PinState>) => void,
): (bytes: Uint8Array) => void {
  const layout = found.map(({ supportedModes, analogChannel }): BoardPin => ({
    modes: Object.fromEntries(supportedModes.map((mode) => [mode, 1])),
    ...(analogChannel !== NO_ANALOG && { analog: analogChannel }),
  }));
  const pins = createPins(layout, onPin);
  return createParser(([first = 0, second = 0, third = 0, fourth = 0], sysex) => {
    if (sysex) {
      if (first === SYSEX.EXTENDED_ANALOG) pins.writeAnalog(second, third | (fourth << 7));
      return;
    }
    const index = first & 0x0f;
    const value = second | (third << 7);
    switch (first < 0xf0 ? first & 0xf0 : first) {
      case FIRMATA.SET_PIN_MODE:
        return pins.setMode(second, third);
      case FIRMATA.SET_DIGITAL_PIN:
        return pins.writeDigital(second, third & 1);
      case FIRMATA.DIGITAL_MESSAGE:
        for (let bit = 0; bit < 8; bit++) pins.writeDigital(index * 8 + bit, (value >> bit) & 1);
        return;
      case FIRMATA.ANALOG_MESSAGE:
        return pins.writeAnalog(index, value);
    }
  });
}
