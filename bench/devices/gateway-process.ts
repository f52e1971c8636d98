/** The process that measure.ts measures: the boards as they are built, and whoever reads them. It prints what it found. */
import { createBoards, systemClock } from './built.ts';

export type Kind = 'virtual' | 'emulated' | 'serial' | 'tcp';

export interface Asked {
  /** The settings of each. */
  readonly boards: readonly { readonly kind: Kind }[];
  readonly pins: number;
  /** Hz */
  readonly rate: number;
  readonly seconds: number;
}

export interface Told {
  readonly rate: number;
  readonly missing: number;
  readonly cpu: number;
  /** MB of the whole process. */
  readonly megabytes: number;
  readonly latency?: { readonly p50: number; readonly p99: number };
}

/** ms in which what a start costs is over. */
const WARM = 1000;

const quantile = (sorted: readonly number[], q: number) => sorted[Math.floor(q * (sorted.length - 1))] ?? NaN;

const { boards: wanted, pins, rate, seconds } = JSON.parse(process.argv[2] ?? '') as Asked;
const boards = createBoards({ clock: systemClock });
const latencies: number[] = [];
let missing = 0;
for (const [index, settings] of wanted.entries()) {
  const board = await boards.open(`board-${index}`, settings);
  if (!board.state().connected) throw new Error(`the ${settings.kind} board did not connect`);
  const channels = Array.from({ length: pins }, (_, pin) => ({
    ...{ name: `${pin}`, pin: `A${pin}`, kind: 'volts' as const },
  }));
  board.sample(
    { holder: 'bench', rate, channels },
    {
      next(sample) {
        missing += sample.missing;
        latencies.push(Date.now() - sample.time);
      },
    },
  );
}
await systemClock.sleep(WARM);
[missing, latencies.length] = [0, 0];
const cpu = process.cpuUsage();
await systemClock.sleep(seconds * 1000);
const { user, system } = process.cpuUsage(cpu);
const samples = latencies.length;
latencies.sort((a, b) => a - b);
const told: Told = {
  rate: wanted.length > 0 ? samples / seconds / wanted.length : 0,
  missing: (100 * missing) / Math.max(1, missing + samples),
  cpu: (user + system) / seconds / 10_000,
  megabytes: process.memoryUsage.rss() / 1_048_576,
  ...(samples > 0 && { latency: { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) } }),
};
await boards.close();
process.stdout.write(`${JSON.stringify(told)}\n`);
