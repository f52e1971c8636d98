import type { Clock } from '../../base/index.ts';
import { startProcess } from '../../workers/index.ts';
import { errors } from './errors.ts';

/** What a machine of small means takes to measure itself, and then some, ms. */
const PATIENCE = 120_000;

/**
 * What `millrace doctor --profile --json` says here, in a process of its own.
 *
 * @throws PROFILE_FAILED
 */
export async function measureProfile(
  command: readonly [string, ...string[]],
  userDir: string,
  clock: Clock,
): Promise<unknown> {
  const [node, ...script] = command;
  const lines: string[] = [];
  const args = [...script, 'doctor', '--profile', '--json', '--user-dir', userDir];
  const child = await startProcess({ name: 'the doctor', command: node, args, onLine: (line) => lines.push(line) });
  const timer = clock.after(PATIENCE, () => void child.end(0));
  const { output } = await child.ended;
  timer.cancel();
  try {
    return JSON.parse(lines.join('\n')) as unknown;
  } catch (cause) {
    throw errors.PROFILE_FAILED({ reason: output.trim().split('\n').at(-1) ?? 'no answer' }, { cause });
  }
}
