/** Sensors that StandardFirmata cannot read, each against a small fake of the firmware that can. */
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { FIRMWARE_PLAYED } from '../../../runtime/devices/catalogue/exercised.ts';
import type { SensorKind } from '../../../runtime/devices/catalogue/sensors.ts';
import { sevenBits } from '../../../runtime/devices/virtual/protocol.ts';
import { UNO } from '../../../runtime/devices/virtual/uno.ts';
import { type Bench, type Firmware, openBench } from './sensor-bench.ts';

const ONE_WIRE = { mode: 7, message: 0x73, search: 0x40, found: 0x42, read: 0x43 };
const PING = { mode: 0x75, message: 0x75 };
const SERIAL = { mode: 0x0a, message: 0x60, read: 0x30, data: 0x40 };

const exercised = new Set<SensorKind>();
const benches: Bench[] = [];
afterEach(() => benches.splice(0).forEach((each) => each.close()));
/** A board all of whose pins can do this. */
const bench = async (mode: number, extra: NonNullable<Firmware['extra']>) => {
  const layout = UNO.map((pin) => ({ ...pin, modes: { ...pin.modes, [mode]: 1 } }));
  const opened = await openBench([], { layout, extra });
  benches.push(opened);
  const add: Bench['add'] = (kind, asked) => {
    exercised.add(kind);
    return opened.add(kind, asked);
  };
  return { add };
};
// The table of docs/devices.md says what is exercised like this: neither more nor less than here.
afterAll(() => expect([...exercised].sort()).toEqual([...FIRMWARE_PLAYED].sort()));

/** Bytes as bits in sevens, and back. */
const pack = (bytes: readonly number[]) => regroup(bytes, 8, 7, true);
const unpack = (bytes: readonly number[]) => regroup(bytes, 7, 8, false);
function regroup(from: readonly number[], width: number, into: number, rest: boolean): number[] {
  const bits = from.flatMap((each) => Array.from({ length: width }, (_, bit) => (each >> bit) & 1));
  const groups = rest ? Math.ceil(bits.length / into) : Math.floor(bits.length / into);
  return Array.from({ length: groups }, (_, at) =>
    bits.slice(at * into, (at + 1) * into).reduce((sum, bit, place) => sum | (bit << place), 0),
  );
}

/** A thermometer on the wire. The checksums are those of its data sheet's own tables. */
const onWire =
  (rom: readonly number[], scratchpad: () => readonly number[]): NonNullable<Firmware['extra']> =>
  ([kind, what = 0, pin = 0, ...packed], reply) => {
    if (kind !== ONE_WIRE.message) return;
    if (what === ONE_WIRE.search) return reply([ONE_WIRE.message, ONE_WIRE.found, pin, ...pack(rom)]);
    const request = unpack(packed);
    // Asked for the scratchpad, with the number of the question.
    if (request[16] !== 0xbe) return;
    reply([ONE_WIRE.message, ONE_WIRE.read, pin, ...pack([request[10] ?? 0, request[11] ?? 0, ...scratchpad()])]);
  };
/** DS18B20 at 85 °C, as it wakes; the number of Maxim's application note 27 otherwise. */
const WARM = [0x50, 0x05, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10, 0x1c];
const ROM = [0x28, 0x1c, 0xb8, 0x01, 0x00, 0x00, 0x00];
/** Bitwise, from its definition as a register that is fed one bit after the other. */
const checked = (bytes: readonly number[]) => {
  let register = 0;
  for (const bit of bytes.flatMap((byte) => Array.from({ length: 8 }, (_, at) => (byte >> at) & 1))) {
    const feedback = (register & 1) ^ bit;
    register = (register >> 1) ^ (feedback ? 0b10001100 : 0);
  }
  return [...bytes, register];
};

describe('a thermometer on a 1-Wire pin', () => {
  it('is read, and told of when the wire has none any more: ones are no temperature', async () => {
    let scratchpad: readonly number[] = WARM;
    const { add } = await bench(
      ONE_WIRE.mode,
      onWire(checked(ROM), () => scratchpad),
    );
    const { values, silences } = add('ds18b20');
    await vi.waitFor(() => expect(values).toEqual([85]), 8000);
    scratchpad = checked([0x5e, 0xff, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10]);
    await vi.waitFor(() => expect(values.at(-1)).toBe(-10.125), 8000);
    scratchpad = Array<number>(9).fill(0xff);
    await vi.waitFor(() => expect(silences()).toBe(1), 15_000);
    expect(new Set(values)).toEqual(new Set([85, -10.125]));
  }, 30_000);

  it('may be a thermocouple, which says when it is open', async () => {
    let open = false;
    const { add } = await bench(
      ONE_WIRE.mode,
      onWire(checked([0x3b, ...ROM.slice(1)]), () =>
        checked([open ? 0xc1 : 0xc0, 0x3e, 0, 0x19, 0xf0, 0xff, 0xff, 0xff]),
      ),
    );
    const { values, silences } = add('max31850k');
    await vi.waitFor(() => expect(values).toEqual([1004]), 8000);
    open = true;
    await vi.waitFor(() => expect(silences()).toBe(1), 15_000);
    expect(new Set(values)).toEqual(new Set([1004]));
  }, 30_000);
});

describe('an echo', () => {
  it('is a distance, none is no value, and firmware that says nothing is told of', async () => {
    let echo: number | undefined = 5820;
    const { add } = await bench(PING.mode, ([kind, pin = 0], reply) => {
      if (kind !== PING.message || echo === undefined) return;
      const bytes = [0, (echo >> 16) & 0xff, (echo >> 8) & 0xff, echo & 0xff];
      reply([PING.message, ...sevenBits(pin), ...bytes.flatMap(sevenBits)]);
    });
    const { values, silences } = add('hcsr04');
    await vi.waitFor(() => expect(values.length).toBeGreaterThan(2), 5000);
    expect(values[0]).toBeCloseTo(100);
    echo = 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = values.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([values.length, silences()]).toEqual([before, 0]);
    echo = undefined;
    await vi.waitFor(() => expect(silences()).toBe(1), 8000);
  }, 20_000);
});

describe('a GPS receiver', () => {
  it('says where it is once it knows', async () => {
    const sentences = [
      '$GPRMC,123518,V,,,,,,,230394,,*33',
      '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47',
      '$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A',
    ];
    const { add } = await bench(SERIAL.mode, ([kind, what = 0], reply) => {
      if (kind !== SERIAL.message || (what & 0xf0) !== SERIAL.read) return;
      const bytes = [...Buffer.from(sentences.map((line) => `${line}\r\n`).join(''))];
      // Firmware sends what it has: in the middle of a sentence, too.
      for (let at = 0; at < bytes.length; at += 25) {
        reply([SERIAL.message, SERIAL.data | (what & 0x0f), ...bytes.slice(at, at + 25).flatMap(sevenBits)]);
      }
    });
    const { values } = add('gps');
    await vi.waitFor(() => expect(values.length).toBeGreaterThan(0), 5000);
    const close = (value: number) => expect.closeTo(value, 3) as number;
    expect(values.at(-1)).toEqual({
      ...{ latitude: close(48.1173), longitude: close(11.51667), altitude: close(545.4) },
      ...{ speed: close(22.4 * (1852 / 3600)), course: close(84.4) },
    });
  });
});
