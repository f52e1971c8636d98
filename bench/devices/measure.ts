import { systemClock } from '../../runtime/base/index.ts';
import { createBoards } from '../../runtime/devices/index.ts';
import { openVirtualBoard, openVirtualPort } from '../../scripts/virtual-port.ts';

export type Kind = 'virtual' | 'emulated' | 'serial' | 'tcp';

export interface Found {
  readonly asked: number;
  /** Samples a second of each board. */
  readonly rate: number;
  /** Samples that were never read, %. */
  readonly missing: number;
  /** Of the whole process with the boards in it, one core being 100. */
  readonly cpu: number;
  /** What the process grew by. */
  readonly megabytes: number;
  /** ms from the sample's stamp to its message. */
  readonly latencies: readonly number[];
}

export interface Measured {
  readonly kind: Kind;
  readonly boards: number;
  readonly seconds: number;
  readonly pins?: number;
  readonly rate?: number;
}

/** A line of a real wire. */
const BAUD = 57_600;
const megabytes = () => process.memoryUsage.rss() / 1_048_576;

export async function measureBoards({ kind, boards: count, seconds, pins = 6, rate = 200 }: Measured): Promise<Found> {
  const before = megabytes();
  const boards = createBoards({ clock: systemClock });
  const ends: { close(): Promise<void> }[] = [boards];
  const latencies: number[] = [];
  let samples = 0;
  let missing = 0;
  try {
    for (let index = 0; index < count; index++) {
      const board = await boards.open(`board-${index}`, { kind, seed: index + 1, ...(await wire()) });
      if (!board.state().connected) throw new Error(`the ${kind} board did not connect`);
      board.sample(
        {
          holder: 'bench',
          rate,
          channels: Array.from({ length: pins }, (_, pin) => ({
            name: `${pin}`,
            pin: `A${pin}`,
            kind: 'volts' as const,
          })),
        },
        {
          next(sample) {
            samples++;
            missing += sample.missing;
            latencies.push(Date.now() - sample.time);
          },
        },
      );
    }
    await systemClock.sleep(1000);
    [samples, missing, latencies.length] = [0, 0, 0];
    const cpu = process.cpuUsage();
    await systemClock.sleep(seconds * 1000);
    const { user, system } = process.cpuUsage(cpu);
    return {
      asked: rate,
      rate: samples / seconds / count,
      missing: (100 * missing) / Math.max(1, missing + samples),
      cpu: (user + system) / seconds / 10_000,
      megabytes: megabytes() - before,
      latencies: [...latencies],
    };
  } finally {
    for (const end of ends) await end.close();
  }

  async function wire() {
    if (kind === 'serial') {
      const port = await openVirtualPort({ baud: BAUD });
      ends.push(port);
      return { port: port.path, baud: BAUD };
    }
    if (kind === 'tcp') {
      const board = await openVirtualBoard();
      ends.push(board);
      return { host: '127.0.0.1', tcpPort: board.port };
    }
    return {};
  }
}

/** ms from the plug to the first sample, each time. */
export async function measureReplugs(times: number): Promise<number[]> {
  const port = await openVirtualPort();
  const boards = createBoards({ clock: systemClock });
  const found: number[] = [];
  try {
    const board = await boards.open('board', { kind: 'serial', port: port.path });
    let heard: () => void = () => undefined;
    board.sample(
      { holder: 'bench', rate: 100, channels: [{ name: 'x', pin: 'A0', kind: 'volts' }] },
      { next: () => heard() },
    );
    const sample = () => new Promise<void>((resolve) => (heard = resolve));
    for (let turn = 0; turn < times; turn++) {
      await sample();
      await port.unplug();
      await systemClock.sleep(500 + (turn % 5) * 300);
      const plugged = performance.now();
      await port.plugIn();
      await sample();
      found.push(performance.now() - plugged);
    }
    return found;
  } finally {
    await boards.close();
    await port.close();
  }
}
