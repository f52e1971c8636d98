import { commandLength, FIRMATA } from './protocol.ts';

/** Longer than any message we know: what follows a lost END_SYSEX is not collected for ever. */
const LONGEST_SYSEX = 256;

/**
 * Splits a stream of bytes into Firmata messages. Bytes that begin no message are skipped, and a command in the middle of
 * another begins anew: as firmware does after a glitch on the wire. Within a sysex message only a system command does so,
 * because firmata-io sends delays of the I2C bus in eight bits.
 *
 * @param onMessage called with each whole message; of a sysex message without its first and last byte, and `sysex` true
 */
export function createParser(onMessage: (bytes: readonly number[], sysex: boolean) => void) {
  let held: number[] = [];
  const take = (byte: number) => {
    if (byte === FIRMATA.END_SYSEX && held[0] === FIRMATA.START_SYSEX) {
      const message = held.slice(1);
      held = [];
      if (message.length > 0) onMessage(message, true);
      return;
    }
    const within = held[0] === FIRMATA.START_SYSEX && byte < FIRMATA.START_SYSEX;
    if (byte > 0x7f && !within) held = [byte];
    else if (held.length > 0) held.push(byte);
    else return;
    if (held[0] === FIRMATA.START_SYSEX) {
      if (held.length > LONGEST_SYSEX) held = [];
    } else if (held.length === commandLength(held[0] ?? 0)) {
      const message = held;
      held = [];
      onMessage(message, false);
    }
  };
  return (bytes: Uint8Array) => bytes.forEach(take);
}
