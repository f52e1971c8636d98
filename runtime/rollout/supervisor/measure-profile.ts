import { toPlainError } from '../../base/index.ts';
import { runJudge } from '../deploy/judge-process.ts';
import { maxMemory } from '../flow-ceiling.ts';
import { errors } from './errors.ts';

/** What a machine of small means takes to measure itself, and then some, ms. */
const PATIENCE = 120_000;

/**
 * What `millrace doctor --profile --json` says here, in a process of its own. Who asks while it is measured gets the same answer.
 *
 * @param ceiling bytes that the flow may take
 * @throws PROFILE_FAILED
 */
export function createMeasureProfile(
  command: readonly [string, ...string[]],
  userDir: string,
  ceiling?: number,
): () => Promise<unknown> {
  const args = ['doctor', '--profile', '--json', '--user-dir', userDir, ...maxMemory(ceiling)];
  const never = new AbortController().signal;
  const measure = async () => {
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    const { reason } = await runJudge({ command, args, patience: PATIENCE, onLine, signal: never }).catch(
      (error: unknown) => {
        throw errors.PROFILE_FAILED({ reason: toPlainError(error).message }, { cause: error });
      },
    );
    try {
      return JSON.parse(lines.join('\n')) as unknown;
    } catch (cause) {
      throw errors.PROFILE_FAILED({ reason }, { cause });
    }
  };
  let underWay: Promise<unknown> | undefined;
  return () => (underWay ??= measure().finally(() => (underWay = undefined)));
}
