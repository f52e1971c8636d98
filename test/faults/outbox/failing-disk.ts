import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the disk may do. `torn`: half of a write arrives, and the rest is an error. */
export type Fault = 'none' | 'fsync' | 'short' | 'torn' | 'full';

/** Where it must be (CI), the absence of a compiler is an error. */
export function canFailDisks(): boolean {
  if (process.platform === 'linux' && spawnSync('gcc', ['--version']).status === 0) return true;
  if (process.env['CI']) throw new Error('gcc is not installed: apt-get install gcc libc6-dev');
  process.stderr.write('gcc is not installed: the tests with failing disks are skipped\n');
  return false;
}

export interface FailingDisk {
  /** For the process whose disk fails. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on, for every file below the directory. */
  fail(how: Fault): void;
}

/** @param directory for what it needs itself; @param under what fails */
export async function makeFailingDisk(directory: string, under: string): Promise<FailingDisk> {
  const library = join(directory, 'failing-disk.so');
  const control = join(directory, 'control');
  await promisify(execFile)('gcc', [
    '-shared',
    '-fPIC',
    '-O1',
    '-w',
    '-o',
    library,
    join(import.meta.dirname, 'failing-disk.c'),
  ]);
  const fail = (how: Fault) => writeFileSync(control, how);
  fail('none');
  return { env: { LD_PRELOAD: library, MILLRACE_FAULT_UNDER: under, MILLRACE_FAULT_CONTROL: control }, fail };
}
