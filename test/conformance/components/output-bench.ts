import { UNO } from '../../../runtime/devices/virtual/uno.ts';
import { createParser } from '../../../runtime/devices/virtual/parser.ts';
import { createPeer } from '../../../runtime/devices/virtual/peer.ts';
import { MODE, SYSEX } from '../../../runtime/devices/virtual/protocol.ts';
import { Transport } from '../../../runtime/devices/virtual/transport.ts';
import { pinName, type BoardPin } from '../../../runtime/devices/virtual/uno.ts';
import { createWorld } from '../../../runtime/devices/world/world.ts';
import { type ActuatorKind, ACTUATORS } from '../../../runtime/devices/catalogue/actuators.ts';
import { wiringOf } from '../../../runtime/devices/component.ts';
import { abilities, connectBoard } from '../../../runtime/devices/session/connect.ts';
import { createBus } from '../../../runtime/devices/session/bus.ts';
import { createOutputs } from '../../../runtime/devices/session/outputs.ts';
import { outputValue } from '../../../runtime/devices/values.ts';
import { virtualTime } from '../../runtime/devices/virtual-time.ts';

interface Change {
  readonly pin: string;
  readonly value: number;
}

/** A virtual board on which actuators can be tried one by one: every change of a pin, and every byte to a chip, is kept. */
export async function openBench(layout: readonly BoardPin[] = UNO) {
  const time = virtualTime();
  const changes: Change[] = [];
  const states = new Map<string, { readonly mode: number; readonly value: number }>();
  const writes: { readonly address: number; readonly bytes: readonly number[] }[] = [];
  const sysex: (readonly number[])[] = [];

  const listen = createParser((bytes, isSysex) => {
    if (!isSysex) return;
    const [kind, address = 0, mode, ...halves] = bytes;
    sysex.push(bytes);
    if (kind !== SYSEX.I2C_REQUEST || mode !== 0) return;
    const sent = halves.flatMap((low, at) => (at % 2 === 0 ? [low | ((halves[at + 1] ?? 0) << 7)] : []));
    writes.push({ address, bytes: sent });
  });
  const transport = new Transport((bytes) => {
    listen(bytes);
    peer.receive(bytes);
  });
  const peer = createPeer({
    ...{ layout, clock: time.clock, world: createWorld({ scene: 'pump', seed: 1 }) },
    send: (bytes, at) => transport.arrive(bytes, at),
    onPin(number, state) {
      const pin = pinName(number, layout[number]?.analog);
      states.set(pin, { ...state });
      changes.push({ pin, value: state.value });
    },
  });
  transport.once('open', () => peer.start());
  const board = await connectBoard(transport);
  const pins = abilities(board.io);
  const bus = { ...createBus(board.io, time.clock), probe: () => Promise.resolve(true) };
  const outputs = createOutputs(board, bus, time.clock, (name) => pins.find((pin) => pin.name === name)?.index ?? -1);

  return {
    advance: (ms: number) => time.advance(ms),
    /** What is on the pin: a level, a duty (0–255) or a pulse (µs); with the mode that it is in. */
    on: (pin: string) => states.get(pin)?.value ?? 0,
    mode: (pin: string) => Object.entries(MODE).find(([, mode]) => mode === states.get(pin)?.mode)?.[0],
    changes,
    writes,
    sysex,
    /** Takes an actuator as its node would; what sets it takes what a message brings. */
    async take(
      kind: ActuatorKind,
      given: { pins?: string[]; address?: number; options?: Record<string, number | string | boolean> } = {},
    ) {
      const entry = ACTUATORS[kind];
      const asked = { holder: kind, pins: entry.pins.map(({ standard }) => standard), ...given };
      const { pins: wires, address = 0, options } = wiringOf(entry, asked);
      const wiring = { kind, pins: wires, address, options };
      await outputs.take(wiring);
      return {
        set: (value: unknown) => outputs.set(wiring, outputValue(kind, value, options)),
        leave: () => outputs.leave(wiring),
      };
    },
  };
}
export type Bench = Awaited<ReturnType<typeof openBench>>;
