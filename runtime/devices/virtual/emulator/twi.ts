/** The chip's two-wire interface on the virtual I2C bus, at the speed of a real one. */
import type { AVRTWI } from 'avr8js';
import type { Bus } from '../i2c.ts';
import { type Chip, HERTZ } from './chip.ts';

/** Bits of a byte on the wire with its acknowledgement. */
const BYTE_BITS = 9;
/** What a reading is asked for; the master takes as many of them as it wants. */
const MOST_BYTES = 64;

/**
 * Wires a chip that has just been switched on to the bus.
 *
 * @param elapsed ms since the world began
 * @param onRead a reading begins
 */
export function wireTwi({ cpu, twi }: Chip, bus: Bus, elapsed: () => number, onRead: () => void): void {
  let address = 0;
  let written: number[] | undefined;
  let read: number[] = [];

  const after = (bits: number, complete: () => void) =>
    void cpu.addClockEvent(complete, Math.round((bits * HERTZ) / twi.sclFrequency));
  /** What was written is one transaction, which ends with a stop or with another start. */
  const end = () => {
    const bytes = written;
    written = undefined;
    if (bytes && bytes.length > 0) bus.write(address, bytes, elapsed());
  };
  /** Whether a chip is there, without touching it. */
  const answers = () => bus.write(address, [], elapsed());

  twi.eventHandler = {
    start() {
      end();
      after(1, () => twi.completeStart());
    },
    stop() {
      end();
      after(1, () => twi.completeStop());
    },
    connectToSlave(to, write) {
      address = to;
      let there: boolean;
      if (write) {
        there = answers();
        if (there) written = [];
      } else {
        onRead();
        const bytes = bus.read(address, MOST_BYTES, elapsed());
        there = bytes !== undefined;
        read = [...(bytes ?? [])];
      }
      after(BYTE_BITS, () => twi.completeConnect(there));
    },
    writeByte(byte) {
      written?.push(byte);
      after(BYTE_BITS, () => twi.completeWrite(written !== undefined));
    },
    readByte() {
      // Nobody drives the wire any more: it is pulled up.
      const byte = read.shift() ?? 0xff;
      after(BYTE_BITS, () => twi.completeRead(byte));
    },
  } satisfies AVRTWI['eventHandler'];
}
