/**
 * Boards: how many samples a second each kind carries, what it costs, how soon a message follows a pin, and how soon
 * sampling resumes after the plug was pulled; beside it plain Johnny-Five in one process. `MILLRACE_BENCH=small` measures
 * for a fifth of the time. CPU and memory are the gateway's alone: what is at the other end of a wire is a process of its own.
 */
import { type Aim, median, report, type Row } from '../support/report.ts';
import type { Kind } from './gateway-process.ts';
import { type Found, measureBoards, measurePlain, withoutBoards } from './measure.ts';
import { measureReplugs } from './replugs.ts';

const SMALL = process.env['MILLRACE_BENCH'] === 'small';
const SECONDS = SMALL ? 2 : 10;
const REPLUGS = SMALL ? 3 : 15;
const round = (value: number, digits = 1) => Number(value.toFixed(digits));

export async function run(): Promise<void> {
  const tables: Record<string, readonly Row[]> = {};
  const aims: Aim[] = [];
  const show = (name: string, rows: readonly Row[]) => {
    console.log(`devices: ${name}`);
    console.table(rows);
    tables[name] = rows;
  };

  const carried: Row[] = [];
  for (const kind of ['virtual', 'emulated', 'serial', 'tcp'] satisfies readonly Kind[]) {
    const found = await measureBoards({ kind, boards: 1, seconds: SECONDS });
    carried.push(rowOf(kind, found));
  }
  const plain = await measurePlain(SECONDS);
  carried.push(rowOf('plain johnny-five, one process, its Sensor', plain));
  show('one board, six pins together, as fast as it is asked', carried);

  const empty = await withoutBoards();
  const several: Row[] = [{ boards: 0, 'MB of the process': round(empty) }];
  for (const boards of [1, 4, 8]) {
    const found = await measureBoards({ kind: 'virtual', boards, seconds: SECONDS, pins: 4, rate: 100 });
    several.push({ boards, 'MB of the process': round(empty + found.megabytes), ...costs(found, boards) });
  }
  show('virtual boards of four pins at 100 Hz', several);

  const resumed = await measureReplugs(REPLUGS);
  show('plugged in again', [
    {
      times: resumed.length,
      'first sample after ms, p50': round(median(resumed)),
      'longest ms': round(Math.max(...resumed)),
    },
  ]);
  aims.push({
    ...{ name: 'sampling resumes after the plug, longest', value: Math.max(...resumed) / 1000, unit: 's' },
    ...{ op: '<=' as const, target: 2 },
  });
  await report('devices', tables, aims);
}

const costs = ({ cpu, megabytes }: Found, boards: number) => ({
  'CPU % a board': round(cpu / boards, 2),
  'MB a board': round(megabytes / boards),
});
const rowOf = (board: string, found: Found): Row => ({
  board,
  'asked Hz': found.asked,
  'samples/s': round(found.rate),
  'missing %': round(found.missing),
  ...costs(found, 1),
  // What carries no time of its own has no latency to be measured.
  'pin → message ms, p50': found.latency ? round(found.latency.p50, 2) : '',
  p99: found.latency ? round(found.latency.p99, 2) : '',
});
