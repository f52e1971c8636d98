/** What comes from the firmware, put together into Firmata messages again, so that each can be stamped. */
import { FIRMATA } from '../protocol.ts';

/** Longer than any message of the firmware: what never ends is passed on as it is. */
const LONGEST = 600;

/** @param onMessage called with each whole message; what is none comes byte by byte */
export function createLine(onMessage: (bytes: readonly number[]) => void) {
  let held: number[] = [];
  const end = () => {
    const message = held;
    held = [];
    onMessage(message);
  };
  return (byte: number): void => {
    if (byte >= 0x80 && byte !== FIRMATA.END_SYSEX && held.length > 0) end();
    held.push(byte);
    const first = held[0] ?? 0;
    const whole =
      first === FIRMATA.START_SYSEX
        ? byte === FIRMATA.END_SYSEX || held.length === LONGEST
        : held.length === (first === FIRMATA.REPORT_VERSION || (first >= 0x90 && first < 0xf0) ? 3 : 1);
    if (whole) end();
  };
}
