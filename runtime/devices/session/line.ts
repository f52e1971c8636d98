/** What a session has at the other end of its line: a twin in the same worker, or the bytes of a wire that the main thread holds. */
import type { Clock } from '../../base/index.ts';
import { type BoardSettings, hasWorld } from '../settings.ts';
import { createEmulator } from '../virtual/emulator/emulator.ts';
import { createPeer } from '../virtual/peer.ts';
import { Transport } from '../virtual/transport.ts';
import type { TwinOptions } from '../virtual/twin.ts';
import { pinName, UNO } from '../virtual/uno.ts';
import type { WorldState } from '../world/types.ts';
import { createWorld } from '../world/world.ts';
import { chipDeedOf, deedOf } from './deeds.ts';
import { createWholeMessages } from './whole-messages.ts';
import type { OutputWiring, SessionEvent } from './protocol.ts';

export interface Line {
  readonly transport: Transport;
  /** Of a twin: power on. */
  start(): void;
  /** Bytes that came over a wire, with the time at which they were read. */
  receive(bytes: Uint8Array, time: number): void;
  /** Of a wire: what comes is known to be Firmata, so that only whole messages of it are passed on from here. */
  settle(): void;
  /** @throws WORLD_INVALID */
  setWorld(change: unknown): WorldState;
  close(): void;
}

export interface LineOptions {
  readonly settings: BoardSettings;
  readonly clock: Clock;
  /** Of hardware: takes the bytes that go over the wire. */
  readonly write: (bytes: Uint8Array) => void;
  /** Of hardware: so many bytes that came were left out. */
  readonly onGarbled: (bytes: number) => void;
  /** What a pin was taken for, or an output of a chip: `64:3`. */
  readonly takenFor: (place: string) => OutputWiring | undefined;
  /** Of a twin: a pin was given another mode or another output. */
  readonly onPin: NonNullable<TwinOptions['onPin']>;
  /** Of a twin: a chip on its bus drives something. */
  readonly onDrive: (drive: Omit<Extract<SessionEvent, { kind: 'chip' }>, 'kind'>) => void;
}

export function createLine(options: LineOptions): Line {
  return hasWorld(options.settings.kind) ? twinLine(options) : wireLine(options);
}

function wireLine({ write, onGarbled }: LineOptions): Line {
  let wholeMessages: ReturnType<typeof createWholeMessages> | undefined;
  // Small buffers share one block of memory, all of which would be cloned with each.
  const transport = new Transport((bytes) => write(Uint8Array.from(bytes)));
  return {
    transport,
    start: () => undefined,
    receive(piece, time) {
      if (!wholeMessages) return transport.arrive(piece, time);
      const { bytes, garbled } = wholeMessages(piece);
      if (garbled > 0) onGarbled(garbled);
      if (bytes.length > 0) transport.arrive(bytes, time);
    },
    settle() {
      wholeMessages ??= createWholeMessages();
    },
    setWorld: () => ({}),
    close: () => undefined,
  };
}

function twinLine({ settings, clock, takenFor, onPin, onDrive }: LineOptions): Line {
  const world = createWorld(settings);
  /** The period of the pulses of chips that give them, µs, by address. */
  const periods = new Map<number, number>();
  const transport = new Transport((bytes) => twin.receive(bytes));
  const surroundings: TwinOptions = {
    world,
    clock,
    send: (bytes, time) => transport.arrive(bytes, time),
    onPin(pin, state) {
      const name = pinName(pin, UNO[pin]?.analog);
      world.act(deedOf(name, state, takenFor(name)));
      onPin(pin, state);
    },
    onDrive({ chip, address }, output, value) {
      if (output === 'period') periods.set(address, Number(value));
      const on = takenFor(`${address}:${output}`);
      const deed = chipDeedOf({ chip, address }, output, value, { period: periods.get(address) ?? 0, on });
      if (deed) world.act(deed);
      onDrive({ chip, address, output, value });
    },
  };
  const twin =
    settings.kind === 'emulated' ? createEmulator(surroundings) : createPeer({ ...surroundings, layout: UNO });
  return {
    transport,
    start: () => twin.start(),
    receive: () => undefined,
    settle: () => undefined,
    setWorld: (change) => world.set(change),
    close: () => twin.close(),
  };
}
