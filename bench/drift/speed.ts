/** Feature values a second on one core, and what a monitor's state takes. */
import { serialize } from 'node:v8';
import { createMonitor } from '../../runtime/drift/index.ts';
import { seededRandom } from '../../runtime/numerics/index.ts';

const FEATURES = 100;
const WINDOW = 100;
const ROWS = 50_000;

export interface Speed {
  /** By the processor's seconds: what else the machine does meanwhile does not count. */
  readonly millionValuesPerSecond: number;
  readonly stateMegabytes: number;
}

export function speed(): Speed {
  const random = seededRandom(1);
  const make = () => Float64Array.from({ length: FEATURES }, () => random() + random() + random());
  const names = Array.from({ length: FEATURES }, (_, i) => `f${i}`);
  const rows = Array.from({ length: 2000 }, make);
  const monitor = createMonitor({ reference: { names, rows }, window: WINDOW, extend: false });
  const stream = Array.from({ length: 4096 }, make);
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage().user;
    for (let i = 0; i < ROWS / 5; i++) monitor.observe(stream[i % stream.length] as Float64Array, 10 * i);
    best = Math.max(best, ((ROWS / 5) * FEATURES) / (process.cpuUsage().user - before));
  }
  return { millionValuesPerSecond: best, stateMegabytes: serialize(monitor.save()).length / 2 ** 20 };
}
