import type { Board } from 'johnny-five';
import { systemClock } from '../../../../runtime/base/index.ts';
import { connectBoard } from '../../../../runtime/devices/session/connect.ts';
import { createPeer } from '../../../../runtime/devices/virtual/peer.ts';
import { Transport } from '../../../../runtime/devices/virtual/transport.ts';
import { UNO } from '../../../../runtime/devices/virtual/uno.ts';
import type { PlacedChip, Quantity, World, WorldReading } from '../../../../runtime/devices/world/types.ts';

/** A world that holds still, until a test changes it. */
export function stillWorld(chips: readonly PlacedChip[], quantities: Partial<Record<Quantity, number>> = {}) {
  const reading = {
    volts: {} as Record<string, number>,
    levels: {} as Record<string, 0 | 1>,
    silent: new Set<string>(),
    clockOff: 0,
    quantities: { ...quantities },
    absent: new Set<number>(),
  } satisfies WorldReading;
  const world: World = {
    state: {},
    controls: [],
    chips,
    set: () => ({}),
    act: () => undefined,
    read: () => reading,
  };
  return { world, reading };
}

/** Johnny-Five itself on a virtual board with these chips. */
export async function plugIn(chips: readonly PlacedChip[], quantities: Partial<Record<Quantity, number>> = {}) {
  const { world, reading } = stillWorld(chips, quantities);
  /** What chips drive, by address and output: `64:3`. */
  const driven = new Map<string, number | string>();
  const transport = new Transport((bytes) => peer.receive(bytes));
  const peer = createPeer({
    layout: UNO,
    world,
    clock: systemClock,
    send: (bytes, time) => transport.arrive(bytes, time),
    onDrive: ({ address }, output, value) => driven.set(`${address}:${output}`, value),
  });
  transport.once('open', () => peer.start());
  const board: Board = await connectBoard(transport);
  return { board, reading, driven, close: () => peer.close() };
}
