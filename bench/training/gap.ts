/** How long the event loop of a process stands still while a child process of it trains on 100,000 × 30, on whatever core is free. */
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../../runtime/workers/index.ts';
import type { Aim, Row } from '../support/report.ts';

const SET = '100,000 × 30';

export async function run(): Promise<{ rows: Row[]; aims: Aim[] }> {
  const child = await startProcess({
    name: 'training',
    command: process.execPath,
    args: [join(import.meta.dirname, 'train-process.ts'), SET, 'gradient-boosting'],
  });
  // As the training's own process does.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let [gap, last, running] = [0, performance.now(), true];
  const begun = last;
  const ended = child.ended.finally(() => (running = false));
  while (running) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
  }
  const { code, output } = await ended;
  if (code !== 0) throw new Error(output);
  const seconds = Number(((last - begun) / 1000).toFixed(1));
  return {
    rows: [{ what: `${SET}, gradient-boosting`, 'takes, s': seconds, 'longest gap, ms': Number(gap.toFixed(1)) }],
    aims: [{ name: 'event loop while a training runs, longest gap', value: gap, unit: 'ms', op: '<=', target: 20 }],
  };
}
