import { systemClock } from '../../../runtime/base/index.ts';
import { type SensorKind, SENSORS } from '../../../runtime/devices/catalogue/sensors.ts';
import { wiringOf } from '../../../runtime/devices/component.ts';
import { createBus } from '../../../runtime/devices/session/bus.ts';
import { abilities, connectBoard } from '../../../runtime/devices/session/connect.ts';
import type { Fault } from '../../../runtime/devices/session/protocol.ts';
import { createSensors } from '../../../runtime/devices/session/sensors.ts';
import { createPeer } from '../../../runtime/devices/virtual/peer.ts';
import { Transport } from '../../../runtime/devices/virtual/transport.ts';
import { countsToVolts } from '../../../runtime/devices/virtual/adc.ts';
import { createParser } from '../../../runtime/devices/virtual/parser.ts';
import { type BoardPin, UNO } from '../../../runtime/devices/virtual/uno.ts';
import type { SensorValue } from '../../../runtime/devices/index.ts';
import type { PlacedChip, Quantity, World } from '../../../runtime/devices/world/types.ts';

/** What there is around the board: a test changes it as it likes. */
export interface Around {
  volts: Record<string, number>;
  levels: Record<string, 0 | 1>;
  quantities: Partial<Record<Quantity, number>>;
  absent: Set<number>;
}

interface Asked {
  readonly pins?: readonly string[];
  readonly address?: number;
  readonly options?: Readonly<Record<string, number | string | boolean>>;
  readonly period?: number;
}

/** What firmware can do beside the virtual board's own. */
export interface Firmware {
  readonly layout?: readonly BoardPin[];
  /** Hears each sysex message and answers with others, without their first and last bytes. */
  readonly extra?: (message: readonly number[], reply: (message: readonly number[]) => void) => void;
}

/** A virtual board with these chips, on which a sensor is read as its node would have it read. */
export async function openBench(chips: readonly PlacedChip[] = [], { layout = UNO, extra }: Firmware = {}) {
  const around: Around = { volts: {}, levels: {}, quantities: {}, absent: new Set() };
  const world: World = {
    ...{ state: {}, controls: [], chips },
    set: () => ({}),
    act: () => undefined,
    read: () => ({ ...around, silent: new Set(), clockOff: 0 }),
  };
  // Never before the question has been sent: firmata-io listens only then.
  const answer = (message: readonly number[]) =>
    void setImmediate(() => transport.arrive([0xf0, ...message, 0xf7], systemClock.now()));
  const listen = createParser((message, isSysex) => {
    if (isSysex) extra?.(message, answer);
  });
  const transport = new Transport((bytes) => {
    peer.receive(bytes);
    listen(bytes);
  });
  const send = (bytes: readonly number[], time: number) => transport.arrive(bytes, time);
  const peer = createPeer({ layout, world, clock: systemClock, send });
  transport.once('open', () => peer.start());
  const board = await connectBoard(transport);
  board.io.setMaxListeners(0);
  const pins = abilities(board.io);
  const read = new Map<string, number>();
  board.io.on('analog-read', ({ pin }: { pin: number }) => read.set(`A${pin}`, transport.stamp));

  const heard = new Map<number, { values: SensorValue[]; faults: Fault[] }>();
  const of = (id: number) => {
    const held = heard.get(id) ?? { values: [], faults: [] };
    heard.set(id, held);
    return held;
  };
  const sensors = createSensors(
    {
      ...{ board, clock: systemClock, bus: createBus(board.io, systemClock) },
      index: (pin) => pins.find(({ name }) => name === pin)?.index ?? -1,
      volts: countsToVolts,
      lastRead: (pin) => read.get(pin),
      stamp: () => transport.stamp,
    },
    {
      value: (id, _time, value) => of(id).values.push(value),
      silent: (id, fault) => of(id).faults.push(fault),
    },
  );
  let ids = 0;
  return {
    around,
    add(kind: SensorKind, { period = 30, ...asked }: Asked = {}) {
      const entry = SENSORS[kind];
      const standard = entry.pins.map(({ standard: pin }) => pin);
      const { pins: wires, address, options } = wiringOf(entry, { holder: kind, pins: standard, ...asked });
      const id = ++ids;
      for (const pin of wires.filter((each) => each.startsWith('A'))) board.io.reportAnalogPin(Number(pin.slice(1)), 1);
      sensors.add({ id, kind, pins: wires, period, options, ...(address !== undefined && { address }) });
      return { ...of(id), silences: () => of(id).faults.length, rest: () => sensors.remove(id) };
    },
    close: () => peer.close(),
  };
}
export type Bench = Awaited<ReturnType<typeof openBench>>;
