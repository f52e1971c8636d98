/** What happens inside a board's worker: Johnny-Five on one side, typed calls and events on the other. */
import type { Clock } from '../../base/index.ts';
import { createEmulator } from '../virtual/emulator/emulator.ts';
import { createPeer } from '../virtual/peer.ts';
import { FIRMATA, MODE, SYSEX, sevenBits } from '../virtual/protocol.ts';
import { Transport } from '../virtual/transport.ts';
import type { TwinOptions } from '../virtual/twin.ts';
import { pinName, UNO } from '../virtual/uno.ts';
import { createWorld } from '../world/world.ts';
import { abilities, connectBoard, useOf } from './connect.ts';
import { chipDeedOf, deedOf } from './deeds.ts';
import { createFrames } from './frames.ts';
import { createOutputs } from './outputs.ts';
import type { SamplingPlan, SessionData, SessionEvent, SessionMethods } from './protocol.ts';
import { createSensors } from './sensors.ts';

const channelOf = (pin: string) => Number(pin.slice(1));

export function createSession(
  settings: SessionData,
  clock: Clock,
  emit: (event: SessionEvent) => void,
): SessionMethods {
  const world = createWorld(settings);
  const transport = new Transport((bytes) => twin.receive(bytes));
  const surroundings: TwinOptions = {
    world,
    clock,
    send: (bytes, time) => transport.arrive(bytes, time),
    onPin: (pin, { mode, value }) => {
      world.act(deedOf(pinName(pin, UNO[pin]?.analog), { mode, value }));
      void opened.then(({ board }) => {
        emit({ kind: 'pin', pin: pinName(pin, UNO[pin]?.analog), mode: useOf(board.io, mode), value });
      });
    },
    onDrive: ({ chip, address }, output, value) => {
      const deed = chipDeedOf({ chip, address }, output, value);
      if (deed) world.act(deed);
      emit({ kind: 'chip', chip, address, output, value });
    },
  };
  const twin =
    settings.kind === 'emulated' ? createEmulator(surroundings) : createPeer({ ...surroundings, layout: UNO });

  let plan: SamplingPlan = { interval: 0, pins: [], others: [] };
  const frames = createFrames(clock, (frame) => {
    emit({ kind: 'frame', ...frame, interval: plan.interval, pins: plan.pins });
  });
  /** When each analog channel was last read. */
  const read = new Map<number, number>();

  const open = async () => {
    transport.once('open', () => twin.start());
    const board = await connectBoard(transport);
    const pins = abilities(board.io);
    board.io.on('analog-read', ({ pin, value }: { pin: number; value: number }) => {
      read.set(pin, transport.stamp);
      frames.take(pin, value, transport.stamp);
    });
    const index = (pin: string) => pins.find(({ name }) => name === pin)?.index ?? -1;
    const outputs = createOutputs(board, index);
    const sensors = createSensors(
      board,
      clock,
      index,
      (pin) => read.get(channelOf(pin)),
      (id, time, value) => emit({ kind: 'sensor', id, time, value }),
    );
    // One listener for each sensor on a pin.
    board.io.setMaxListeners(0);
    return { board, pins, index, outputs, sensors };
  };
  const opened = open();

  return {
    connect: async () => (await opened).pins.map(({ name, uses }) => ({ name, uses })),
    async sampling(next) {
      const { board, index } = await opened;
      const wanted = new Set([...next.pins, ...next.others]);
      const had = new Set([...plan.pins, ...plan.others]);
      plan = next;
      // Not `setSamplingInterval`, which refuses less than 10 ms; the protocol does not.
      board.io.sysexCommand([SYSEX.SAMPLING_INTERVAL, ...sevenBits(next.interval)]);
      for (const pin of had) if (!wanted.has(pin)) board.io.reportAnalogPin(channelOf(pin), 0);
      for (const pin of wanted) {
        // firmata-io does not tell the board, which may have had the pin as an output.
        transport.write(Buffer.from([FIRMATA.SET_PIN_MODE, index(pin), MODE.ANALOG]));
        board.io.pinMode(channelOf(pin), MODE.ANALOG);
        board.io.reportAnalogPin(channelOf(pin), 1);
      }
      frames.plan(next.pins.map(channelOf), next.interval);
    },
    addSensor: async (request) => (await opened).sensors.add(request),
    removeSensor: async (id) => (await opened).sensors.remove(id),
    takeOutput: async (wiring) => (await opened).outputs.take(wiring),
    setOutput: async (wiring, value) => (await opened).outputs.set(wiring, value),
    setWorld: (change) => world.set(change),
  };
}
