/** How many instants a second a board can carry: what its line, its bus and its converter need for each. */
import { CHANNEL_KINDS, type Channel, chipOf } from './channels.ts';

/** A start and a stop bit for each byte of a serial line. */
const BITS_A_BYTE = 10;
/** Bytes of an analog message. */
const ANALOG_BYTES = 3;
/** Of a reply of the bus: begin, kind, address, register and end, besides two for each byte of data. */
const REPLY_BYTES = 7;
/** ms of an analog conversion: 13 cycles of 125 kHz, and what the firmware does around it. */
const CONVERSION = 0.112;
/** Bits a second of the I2C bus, and bits that a transaction takes besides its bytes of nine. */
const BUS_HERTZ = 100_000;
const BUS_FRAMING = 4;
/** Of what a line could carry in theory, what it carried when it was measured: 315 of 320 instants of six pins. */
const CARRIED = 0.984;
/** Hz: boards sample in whole milliseconds. */
const FASTEST = 1000;
/** Hz that a virtual board carries with exact stamps and none missing, measured on two cores with 15 others waiting for them. */
const VIRTUAL = 500;
/** Hz over a network, whose pieces come together in bursts. */
const NETWORK = 200;
/** The emulated chip has a line as a real one, which was measured to carry 154 readings a second of an MPU-6050. */
const EMULATED = { hertz: 250, baud: 57_600 };

export interface RateQuestion {
  readonly hardware: 'virtual' | 'emulated' | 'serial' | 'tcp';
  /** Bits a second, of a serial line. */
  readonly baud: number;
  readonly channels: readonly Pick<Channel, 'pin' | 'kind'>[];
}

/**
 * The most instants a second at which a board can read these channels together.
 *
 * @returns Hz, in whole numbers where it is more than 10
 * @example
 * mostRate({ hardware: 'serial', baud: 57600, channels: ['A0', 'A1', 'A2', 'A3', 'A4', 'A5'].map((pin) => ({ pin, kind: 'volts' })) }); // 314
 */
export function mostRate({ hardware, baud, channels }: RateQuestion): number {
  const analog = new Set(channels.filter(({ kind }) => !CHANNEL_KINDS[kind].chip).map(({ pin }) => pin)).size;
  const chips = new Map(
    channels.flatMap((channel) => {
      const on = chipOf(channel);
      return on ? [[on.address, on.chip] as const] : [];
    }),
  );
  const onBus = [...chips.values()];
  const own = Math.min(FASTEST, ...onBus.map(({ fastest }) => fastest));
  if (hardware === 'virtual') return Math.min(own, VIRTUAL);
  const bytes = onBus.reduce((sum, chip) => sum + REPLY_BYTES + 2 * chip.bytes, ANALOG_BYTES * analog);
  const bits = onBus.reduce((sum, chip) => sum + (3 + chip.bytes) * 9 + BUS_FRAMING, 0);
  const work = CONVERSION * analog + (bits / BUS_HERTZ) * 1000;
  const speed = hardware === 'emulated' ? EMULATED.baud : baud;
  const line = hardware === 'tcp' ? Infinity : (speed / BITS_A_BYTE / Math.max(1, bytes)) * CARRIED;
  const way = hardware === 'tcp' ? NETWORK : hardware === 'emulated' ? EMULATED.hertz : FASTEST;
  const most = Math.min(own, way, line, 1000 / Math.max(1, work));
  return most > 10 ? Math.floor(most) : Math.floor(most * 10) / 10;
}
