import type { MakeDriver } from '../driver.ts';
import type { WriteChip } from './output-chips.ts';

/** Registers of the MCP23017 as it wakes (bank 0): port A, and one further port B. */
const IODIR = 0x00;
const OLAT = 0x14;

/** Sixteen pins that are inputs until they are driven. */
function createMcp23017(write: WriteChip) {
  const inputs: [number, number] = [0xff, 0xff];
  const levels: [number, number] = [0, 0];
  return {
    set(channel: number, level: number): void {
      const port = channel < 8 ? 0 : 1;
      const bit = 1 << (channel % 8);
      levels[port] = level === 1 ? levels[port] | bit : levels[port] & ~bit;
      // First the level, then the direction: an output that was never set does not jump.
      write(OLAT + port, levels[port]);
      if ((inputs[port] & bit) === 0) return;
      inputs[port] &= ~bit;
      write(IODIR + port, inputs[port]);
    },
  };
}

/** Eight pins in one byte, which are high when the chip wakes. */
function createPcf8574(write: WriteChip) {
  let levels = 0xff;
  return {
    set(channel: number, level: number): void {
      levels = level === 1 ? levels | (1 << channel) : levels & ~(1 << channel);
      write(levels);
    },
  };
}

export const mcp23017: MakeDriver = ({ chips }, { address, options }) => ({
  take: () => undefined,
  set: (value) => chips.at('mcp23017', address, createMcp23017).set(Number(options['channel']), Number(value)),
});

export const pcf8574: MakeDriver = ({ chips }, { address, options }) => ({
  take: () => undefined,
  set: (value) => chips.at('pcf8574', address, createPcf8574).set(Number(options['channel']), Number(value)),
});
