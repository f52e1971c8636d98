/** Messages a second that a flooded `infer` node answers, beside a function node that awaits `session.run` for each. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Aim, Row } from '../support/report.ts';

/** Needs the build. */
export async function run(): Promise<{ rows: Row[]; aims: Aim[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'flood-process.ts')]);
  const { infer, awaits } = JSON.parse(stdout) as { infer: number; awaits: number };
  return {
    rows: [
      { what: 'infer', 'messages/s': Math.round(infer) },
      { what: 'function node that awaits session.run', 'messages/s': Math.round(awaits) },
    ],
    aims: [{ name: 'flooded infer', value: infer / awaits, unit: '× a function node', op: '>=', target: 5 }],
  };
}
