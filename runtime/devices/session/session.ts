/** What happens inside a board's worker: Johnny-Five on one side, typed calls and events on the other. */
import type { Clock } from '../../base/index.ts';
import { ACTUATORS } from '../catalogue/actuators.ts';
import type { ActuatorEntry } from '../catalogue/types.ts';
import { errors } from '../errors.ts';
import { analogVoltsOf, hasWorld } from '../settings.ts';
import { FULL_SCALE, pinVolts } from '../virtual/adc.ts';
import { FIRMATA, MODE, SYSEX, sevenBits } from '../virtual/protocol.ts';
import { createBus } from './bus.ts';
import { abilities, connectBoard, features, firmwareOf, nameOf, useOf } from './connect.ts';
import { createEcho } from './echo.ts';
import { createFrames } from './frames.ts';
import { lineOf, shakeHands } from './handshake.ts';
import { createFastChips } from './fast-chips.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createLine, type LineOptions } from './line.ts';
import { createOutputs } from './outputs.ts';
import type { LineEvent, OutputWiring, SamplingPlan, SessionData, SessionEvent, SessionMethods } from './protocol.ts';
import { createSensors } from './sensors.ts';
import { createWireStamps } from './wire-stamps.ts';

/** Where a real board is, for the errors. */
const placeOf = ({ kind, port, baud, host, tcpPort }: SessionData) =>
  kind === 'serial' ? { where: port, baud } : { where: `${host}:${tcpPort}`, baud: undefined };
/** ms that a board gets to name its pins. */
const NAMING = 5000;
const channelOf = (pin: string) => Number(pin.slice(1));
/**
 * No pin is reported any more. Not a reset, which would undo the safe values of outputs: it lets servos go before they have
 * turned, and switches on what a low pin switches on.
 */
const QUIET = Array.from({ length: 16 }, (_, at) => [
  ...[FIRMATA.REPORT_ANALOG | at, 0],
  ...[FIRMATA.REPORT_DIGITAL | at, 0],
]).flat();
const chipKey = (address: number) => `chip ${address}`;

export function createSession(
  settings: SessionData,
  clock: Clock,
  emit: (event: SessionEvent | LineEvent) => void,
): SessionMethods {
  const hardware = !hasWorld(settings.kind);
  const onPin: LineOptions['onPin'] = (pin, { mode, value }) => {
    const tell = ({ board: { io } }: Awaited<typeof opened>) =>
      emit({ kind: 'pin', pin: nameOf(io, pin), mode: useOf(io, mode), value });
    opened.then(tell, () => undefined);
  };
  let echo: (bytes: Uint8Array) => void = () => undefined;
  const write = (bytes: Uint8Array) => {
    emit({ kind: 'wire', bytes });
    echo(bytes);
  };
  /** The actuator on each pin, and on each output of a chip: `64:3`. */
  const taken = new Map<string, OutputWiring>();
  const placesOf = ({ kind, pins, address, options }: OutputWiring) => {
    const { outputs }: ActuatorEntry = ACTUATORS[kind];
    return [...pins, ...(outputs?.(options) ?? []).map((output) => `${address}:${output}`)];
  };
  const line = createLine({
    ...{ settings, clock, write, onPin },
    onGarbled: (bytes) => emit({ kind: 'garbled', bytes }),
    takenFor: (place) => taken.get(place),
    onDrive: (drive) => emit({ kind: 'chip', ...drive }),
  });
  const { transport } = line;
  const heartbeat = createHeartbeat(
    clock,
    () => transport.write(Buffer.from([FIRMATA.REPORT_VERSION])),
    (seconds) => emit({ kind: 'silent', seconds }),
  );

  let plan: SamplingPlan = { interval: 0, pins: [], others: [], chips: [] };
  /** What a frame holds, by name. */
  let names: readonly string[] = [];
  const frames = createFrames(
    clock,
    (frame) => emit({ kind: 'frame', ...frame, interval: plan.interval, pins: names }),
    hardware ? createWireStamps(clock) : undefined,
  );
  /** When each analog channel was last read. */
  const read = new Map<number, number>();

  const connectTwin = () => {
    transport.once('open', () => line.start());
    // Firmware that hangs says nothing.
    return inTime(clock, NAMING, connectBoard(transport), () =>
      errors.BOARD_SILENT({ board: settings.name, seconds: NAMING / 1000 }),
    );
  };
  const connectHardware = async () => {
    const place = placeOf(settings);
    const version = await shakeHands({ transport, clock, ...place });
    line.settle();
    // What a run before this one had asked for is asked for no more.
    transport.write(Buffer.from([FIRMATA.SYSTEM_RESET]));
    return inTime(clock, NAMING, connectBoard(transport, true), () =>
      errors.FIRMWARE_OLD({ line: lineOf(place), version }),
    );
  };
  const open = async () => {
    const board = hardware ? await connectHardware() : await connectTwin();
    if (hardware) echo = createEcho(board.io.pins, onPin);
    transport.on('data', () => heartbeat.heard());
    heartbeat.start();
    // Nobody asks for its name any more: it says it because it was reset, and has forgotten all that it was told.
    board.io.on('queryfirmware', () => emit({ kind: 'restarted' }));
    const pins = abilities(board.io);
    // Some count further than an Uno does: everything here reckons with its counts.
    const share = FULL_SCALE / (board.io.RESOLUTION.ADC ?? FULL_SCALE);
    board.io.on('analog-read', ({ pin, value }: { pin: number; value: number }) => {
      read.set(pin, transport.stamp);
      frames.take(String(pin), [value * share], transport.stamp);
    });
    const bus = createBus(board.io, clock);
    const fastChips = createFastChips({
      io: board.io,
      bus,
      clock,
      stamp: () => transport.stamp,
      onWords: (address, words, time) => frames.take(chipKey(address), words, time),
      onAnswers: ({ address, label }, fault) => {
        emit({ kind: 'answers', address, label, ...(fault && { fault }) });
        replan();
      },
    });
    /** What a frame is made of: a chip that does not answer would leave every frame incomplete. */
    const replan = () => {
      const answering = fastChips.answering();
      const chips = plan.chips.filter(({ address }) => answering.includes(address));
      const pins = plan.pins.filter((pin) => index(pin) >= 0);
      names = [
        ...pins,
        ...chips.flatMap(({ address, bytes, skip }) =>
          Array.from({ length: (bytes - skip) / 2 }, (_, word) => `${address}:${word}`),
        ),
      ];
      const sources = [
        ...pins.map((pin) => ({ key: String(channelOf(pin)), width: 1 })),
        ...chips.map(({ address, bytes, skip }) => ({ key: chipKey(address), width: (bytes - skip) / 2 })),
      ];
      const sent = [
        ...pins
          .map(channelOf)
          .sort((a, b) => a - b)
          .map(String),
        ...answering.map(chipKey),
      ];
      frames.plan(sources, sent, plan.interval);
    };
    const index = (pin: string) => pins.find(({ name }) => name === pin)?.index ?? -1;
    const outputs = createOutputs(board, bus, clock, index);
    const sensors = createSensors(
      {
        ...{ board, clock, index, bus },
        volts: (counts, ratiometric) => pinVolts(counts * share, analogVoltsOf(settings), ratiometric),
        lastRead: (pin) => read.get(channelOf(pin)),
        stamp: () => transport.stamp,
      },
      {
        value: (id, time, value) => emit({ kind: 'sensor', id, time, value }),
        silent: (id, fault) => emit({ kind: 'unanswered', id, fault }),
      },
    );
    // One listener for each sensor on a pin.
    board.io.setMaxListeners(0);
    return { board, pins, index, outputs, sensors, fastChips, replan };
  };
  const opened = open();
  // Whoever asks for the board hears why there is none.
  opened.catch(() => undefined);

  return {
    async connect() {
      const { board, pins } = await opened;
      return {
        pins: pins.map(({ name, uses }) => ({ name, uses })),
        features: features(board.io),
        firmware: firmwareOf(board.io),
      };
    },
    ping: () => undefined,
    receive: (bytes, time) => line.receive(bytes, time),
    async sampling(next) {
      const { board, index, fastChips, replan } = await opened;
      // A pin that this board has not was told to whoever asked for it.
      const wanted = new Set([...next.pins, ...next.others].filter((pin) => index(pin) >= 0));
      const had = new Set([...plan.pins, ...plan.others]);
      const paced = plan.interval === next.interval;
      plan = next;
      // What goes on is not told again: it would disturb the readings of those who asked before.
      // Not `setSamplingInterval`, which refuses less than 10 ms; the protocol does not.
      if (!paced) board.io.sysexCommand([SYSEX.SAMPLING_INTERVAL, ...sevenBits(next.interval)]);
      for (const pin of had) if (!wanted.has(pin)) board.io.reportAnalogPin(channelOf(pin), 0);
      for (const pin of wanted) {
        if (had.has(pin)) continue;
        // firmata-io does not tell the board, which may have had the pin as an output.
        transport.write(Buffer.from([FIRMATA.SET_PIN_MODE, index(pin), MODE.ANALOG]));
        board.io.pinMode(channelOf(pin), MODE.ANALOG);
        board.io.reportAnalogPin(channelOf(pin), 1);
      }
      await fastChips.read(next.chips);
      replan();
    },
    addSensor: async (request) => (await opened).sensors.add(request),
    removeSensor: async (id) => (await opened).sensors.remove(id),
    async takeOutput(wiring) {
      const { outputs } = await opened;
      for (const place of placesOf(wiring)) taken.set(place, wiring);
      return outputs.take(wiring);
    },
    setOutput: async (wiring, value) => (await opened).outputs.set(wiring, value),
    async leaveOutput(wiring) {
      (await opened).outputs.leave(wiring);
      for (const place of placesOf(wiring)) taken.delete(place);
    },
    setWorld: (change) => line.setWorld(change),
    async close() {
      heartbeat.stop();
      try {
        const { sensors, fastChips } = await opened;
        sensors.close();
        fastChips.close();
        transport.write(Buffer.from(QUIET));
      } finally {
        // Of a board that never answered there is a twin to be ended, too.
        line.close();
      }
    },
  };
}

/** What comes too late counts as failed. */
function inTime<T>(clock: Clock, patience: number, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(patience, () => reject(late()));
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}
