/**
 * The I2C part of the Firmata firmware, as StandardFirmata 2.5 does it.
 *
 * @see https://github.com/firmata/protocol/blob/master/i2c.md and StandardFirmata.ino
 */
import type { Clock, Timer } from '../../base/index.ts';
import type { Bus } from './i2c.ts';
import { FIRMATA, sevenBits, SYSEX } from './protocol.ts';

const I2C_MODE = { WRITE: 0, READ_ONCE: 1, READ_CONTINUOUSLY: 2, STOP_READING: 3 } as const;
const TEN_BIT_ADDRESS = 0x20;
/** Continuous readings that the firmware has room for. */
const MOST_QUERIES = 8;
/** The buffer of Arduino's Wire library. */
const MOST_BYTES = 32;
/** ms: how long a request takes on the bus, and its reply on the line, at the least. */
const ROUND_TRIP = 1;

interface Query {
  readonly address: number;
  readonly register: number | undefined;
  readonly count: number;
}

export interface FirmataI2cOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  /** ms since the world began, now. */
  readonly elapsed: () => number;
  readonly send: (bytes: readonly number[]) => void;
}

export function createFirmataI2c({ bus, clock, elapsed, send }: FirmataI2cOptions) {
  let enabled = false;
  /** ms between the register and the reading. */
  let delay = 0;
  let queries: Query[] = [];
  /** What waits for the reading before it: the firmware does one thing at a time. */
  let waiting: (() => void)[] = [];
  let busy: Timer | undefined;

  const sysex = (kind: number, bytes: readonly number[]) => [
    FIRMATA.START_SYSEX,
    kind,
    ...bytes.flatMap(sevenBits),
    FIRMATA.END_SYSEX,
  ];
  const text = (words: string) => sysex(SYSEX.STRING_DATA, [...Buffer.from(words, 'latin1')]);

  /** The reply to a reading; where nobody answers, a message and a reply without data. */
  const read = ({ address, register, count }: Query, time: number): number[] => {
    if (register !== undefined) bus.write(address, [register & 0xff], time);
    const bytes = (bus.read(address, Math.min(count, MOST_BYTES), time) ?? []).slice(0, Math.min(count, MOST_BYTES));
    const reply = sysex(SYSEX.I2C_REPLY, [address, register ?? 0, ...bytes]);
    return bytes.length < count ? [...text('I2C: Too few bytes received'), ...reply] : reply;
  };

  const proceed = () => {
    busy = undefined;
    while (!busy) {
      const next = waiting.shift();
      if (!next) return;
      next();
    }
  };
  const queue = (operation: () => void) => {
    if (busy) waiting.push(operation);
    else operation();
  };
  const disable = () => {
    enabled = false;
    queries = [];
    waiting = [];
    busy?.cancel();
    busy = undefined;
  };

  return {
    enabled: () => enabled,
    disable,
    /** Resets, and forgets the delay. */
    reset(): void {
      disable();
      delay = 0;
    },
    /** I2C_CONFIG: the delay in µs, low seven bits first. Nought leaves it as it is. */
    config([low = 0, high = 0]: readonly number[]): void {
      const microseconds = low + (high << 7);
      if (microseconds > 0) delay = microseconds / 1000;
      enabled = true;
    },
    /** I2C_REQUEST: address, mode and what belongs to it in pairs of seven bits. */
    request([address = 0, mode = 0, ...data]: readonly number[]): void {
      if (!enabled) return;
      if (mode & TEN_BIT_ADDRESS) return send(text('10-bit addressing not supported'));
      const bytes: number[] = [];
      for (let at = 0; at + 1 < data.length; at += 2) bytes.push(((data[at] ?? 0) + ((data[at + 1] ?? 0) << 7)) & 0xff);
      const hasRegister = data.length === 4;
      const query = {
        address,
        register: hasRegister ? bytes[0] : undefined,
        count: (hasRegister ? bytes[1] : bytes[0]) ?? 0,
      };
      switch ((mode >> 3) & 3) {
        case I2C_MODE.WRITE:
          return queue(() => void bus.write(address, bytes, elapsed()));
        case I2C_MODE.READ_ONCE:
          return queue(() => {
            const wait = Math.max(ROUND_TRIP, query.register === undefined ? 0 : delay);
            busy = clock.after(wait, () => {
              send(read(query, elapsed()));
              proceed();
            });
          });
        case I2C_MODE.READ_CONTINUOUSLY:
          if (queries.length >= MOST_QUERIES) return send(text('too many queries'));
          queries.push(query);
          return;
        default: {
          // One of the address is dropped; where none is of that address, the firmware drops the first.
          const found = queries.findIndex((held) => held.address === address);
          queries.splice(Math.max(0, found), 1);
        }
      }
    },
    /** Whether something is read at every sampling interval. */
    reads: () => queries.length > 0,
    /** What is read at one instant, in the order in which it was asked for. */
    sample: (time: number): number[] => queries.flatMap((query) => read(query, time)),
    close: disable,
  };
}
