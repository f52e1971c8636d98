import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What numerical libraries of Python ask for their number of threads. */
export const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

const there = promisify(execFile)('taskset', ['--version']).then(
  () => true,
  () => false,
);

/** The command, held to one core where the system can do that. */
export async function onOneCore(command: string, args: readonly string[]): Promise<[string, string[]]> {
  return (await there) ? ['taskset', ['-c', '0', command, ...args]] : [command, [...args]];
}
