/**
 * How long the event loop of a process stands still while a child process of it trains on 100,000 × 30, on whatever core is free;
 * beside the same without a training, which says what else the machine does.
 */
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProcess } from '../../runtime/workers/index.ts';
import type { Aim, Row } from '../support/report.ts';

const SET = '100,000 × 30';
/** ms */
const QUIET = 4000;

export async function run(): Promise<{ rows: Row[]; aims: Aim[] }> {
  const before = await longestGap(wait(QUIET));
  const during = await longestGap(train());
  return {
    rows: [
      { what: 'nothing', ...before },
      { what: `${SET}, gradient-boosting`, ...during },
    ],
    aims: [
      {
        ...{ name: 'event loop while a training runs, longest gap', unit: 'ms', op: '<=', target: 20 },
        value: during['longest gap, ms'],
      },
    ],
  };
}

async function train(): Promise<void> {
  const child = await startProcess({
    name: 'training',
    command: process.execPath,
    args: [join(import.meta.dirname, 'train-process.ts'), SET, 'gradient-boosting'],
  });
  // As the training's own process does.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const { code, output } = await child.ended;
  if (code !== 0) throw new Error(output);
}

async function longestGap(work: Promise<unknown>) {
  let [gap, last, running] = [0, performance.now(), true];
  const begun = last;
  const done = work.finally(() => (running = false));
  while (running) {
    await wait(1);
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
  }
  await done;
  return { 'takes, s': Number(((last - begun) / 1000).toFixed(1)), 'longest gap, ms': Number(gap.toFixed(1)) };
}
