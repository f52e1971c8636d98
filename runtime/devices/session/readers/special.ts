/** Sensors that only some firmware can read: they are refused before they come here where the board's cannot. */
import five from 'johnny-five';
import { signed } from '../chips/driver.ts';
import type { Fault } from '../protocol.ts';
import { paced } from './paced.ts';
import type { MakeReader } from './reader.ts';
import { restable } from '../components.ts';

/** µs of sound for a centimetre there and back. */
const SOUND = 58.2;
const PING = { trigger: 5, patience: 500 } as const;

/** How long an echo takes: PingFirmata measures it. */
export const ping: MakeReader = ({ pins: [pin = ''], period }, _, { board, clock, index, stamp }, receiver) => {
  const read = () =>
    new Promise<Fault | undefined>((resolve) => {
      const silent = clock.after(PING.patience, () => resolve({ what: 'nothing' }));
      const question = { pin: index(pin), value: 1 as const, pulseOut: PING.trigger };
      board.io.pingRead(question, (microseconds) => {
        silent.cancel();
        // No echo is no distance.
        if (microseconds > 0) receiver.take({ distance: microseconds / SOUND }, stamp());
        resolve(undefined);
      });
    });
  const reader = paced(clock, period, { read, silent: (fault) => receiver.silent(fault) });
  reader.wake();
  return reader;
};

const ONE_WIRE = {
  ...{ CONVERT: 0x44, READ_SCRATCHPAD: 0xbe, conversion: 800 },
  ...{ FAMILIES: [0x28, 0x3b], THERMOCOUPLE: 0x3b },
} as const;

/** The checksum of 1-Wire: CRC-8 with the polynomial x⁸ + x⁵ + x⁴ + 1, its low bit first. @see Maxim application note 27 */
function checksum(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
  }
  return crc;
}

/** What a scratchpad says, °C; `undefined`: it is none. A wire without a thermometer reads as ones, and would be −0.06 °C. */
function celsiusOf(family: number | undefined, data: readonly number[]): number | undefined {
  const [low = 0, high = 0] = data;
  if (data.length < 9 || checksum(data.slice(0, 8)) !== data[8]) return undefined;
  // The lowest bit of a MAX31850K says that the thermocouple is open or shorted.
  const faulty = family === ONE_WIRE.THERMOCOUPLE && (low & 1) === 1;
  return faulty ? undefined : signed(low | (high << 8), 16) / 16;
}

/** The first thermometer on a 1-Wire pin. Johnny-Five waits 1 ms for a conversion that takes 750, and so is one behind. */
export const onewire: MakeReader = ({ pins: [pin = ''], period }, _, { board, clock, index, stamp }, receiver) => {
  const { io } = board;
  const at = index(pin);
  const search = () =>
    new Promise<readonly number[] | undefined>((resolve) => {
      const silent = clock.after(ONE_WIRE.conversion, () => resolve(undefined));
      io.sendOneWireConfig(at, true);
      io.sendOneWireSearch(at, (error, devices) => {
        silent.cancel();
        const found = error ? undefined : devices.find(([family]) => ONE_WIRE.FAMILIES.includes(family as 0x28 | 0x3b));
        resolve(found);
      });
    });
  const scratchpad = (device: readonly number[]) =>
    new Promise<readonly number[] | undefined>((resolve) => {
      const silent = clock.after(ONE_WIRE.conversion, () => resolve(undefined));
      io.sendOneWireReset(at);
      io.sendOneWireWriteAndRead(at, device, ONE_WIRE.READ_SCRATCHPAD, 9, (error, data) => {
        silent.cancel();
        resolve(error ? undefined : data);
      });
    });
  let device: readonly number[] | undefined;
  const read = async (): Promise<Fault | undefined> => {
    device ??= await search();
    if (!device) return { what: 'nothing' };
    io.sendOneWireReset(at);
    io.sendOneWireWrite(at, device, ONE_WIRE.CONVERT);
    await new Promise<void>((resolve) => clock.after(ONE_WIRE.conversion, resolve));
    const data = await scratchpad(device);
    const temperature = data && celsiusOf(device[0], data);
    if (temperature === undefined) device = undefined;
    else receiver.take({ temperature }, stamp());
    return temperature === undefined ? { what: 'nothing' } : undefined;
  };
  const reader = paced(clock, period, { read, silent: (fault) => receiver.silent(fault) });
  reader.wake();
  return reader;
};

/** A GPS receiver on the board's own serial port: Johnny-Five reads its sentences. */
export const serial: MakeReader = ({ pins: [rx = '', tx = ''] }, _, { board, index, stamp }, receiver) =>
  restable(
    board.io,
    () => new five.GPS({ board, pins: { rx: index(rx), tx: index(tx) } }),
    () => undefined,
    (gps) => {
      gps.on('data', (data: Readonly<Record<'latitude' | 'longitude' | 'altitude' | 'speed' | 'course', number>>) => {
        const { latitude, longitude, altitude, speed, course } = data;
        // Before it has found itself it says that it is at the equator.
        if (latitude === 0 && longitude === 0) return;
        // Its speed is in metres a second already.
        receiver.take({ latitude, longitude, altitude, speed, course }, stamp());
      });
    },
  );
