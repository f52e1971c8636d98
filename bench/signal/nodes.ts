/** Readings a second through the real nodes of an embedded Node-RED: replay, as fast as it goes, → window → features → infer. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Aim, Row } from '../support/report.ts';

/** Needs the build. */
export async function run(): Promise<{ rows: Row[]; aims: Aim[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'nodes-process.ts')]);
  const { readings, length, stride } = JSON.parse(stdout) as { readings: number; length: number; stride: number };
  const what = `replay → window (${length}, stride ${stride}) → features → infer`;
  return {
    rows: [{ what, 'readings/s': Math.round(readings), 'predictions/s': Math.round(readings / stride) }],
    aims: [{ name: 'through the nodes', value: readings, unit: 'readings/s', op: '>=', target: 20_000 }],
  };
}
