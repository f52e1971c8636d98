/** A judge: `millrace` in a process of its own, within bounds of time and memory and behind all others, so that it is never what ends the flow. */
import { systemClock, toPlainError } from '../../base/index.ts';
import { heapOptions, memoryCeiling, type ProcessEnd, startProcess } from '../../workers/index.ts';
import { errors } from '../errors.ts';
import { residentMemory } from '../supervisor/resident-memory.ts';

export interface JudgeProcess {
  /** How `millrace` is started: Node.js, its options, the script. */
  readonly command: readonly [string, ...string[]];
  readonly args: readonly string[];
  /** ms */
  readonly patience: number;
  /** Bytes that it may take. Default: half of what a flow may, which runs beside it, and as much as a test of a flow needs. */
  readonly ceiling?: number;
  readonly onLine: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface JudgeEnd {
  /** Its exit code; none where it was ended. */
  readonly code: number | undefined;
  /** How it ended, for a person. */
  readonly reason: string;
}

/** Bytes that a test of a flow with ONNX Runtime takes, and some more. */
const ENOUGH = 256 * 2 ** 20;
const defaultCeiling = (most = memoryCeiling()) => Math.min(most, Math.max(most / 2, ENOUGH));

/** ms between two looks at its memory. */
const LOOK = 500;

/** @throws JUDGE_FAILED if it cannot be started, what `signal` says if it is to end */
export async function runJudge(options: JudgeProcess): Promise<JudgeEnd> {
  const { args, patience, ceiling = defaultCeiling(), onLine, signal } = options;
  const [node, ...before] = options.command;
  const name = `millrace ${args[0] ?? ''}`;
  signal.throwIfAborted();
  const child = await startProcess({
    ...{ name, command: node, onLine, last: true, group: true },
    // By the channel it sees when this process is gone.
    onMessage: () => undefined,
    args: [...heapOptions(ceiling), ...before, ...args],
  }).catch((error: unknown) => {
    throw errors.JUDGE_FAILED({ what: name, reason: toPlainError(error).message });
  });
  const stop = () => void child.end();
  signal.addEventListener('abort', stop, { once: true });
  // While it was being started nobody listened.
  if (signal.aborted) stop();
  let verdict: string | undefined;
  const judge = (reason: string) => {
    verdict ??= reason;
    void child.end();
  };
  const late = systemClock.after(patience, () => judge(`it was not done after ${Math.round(patience / 1_000)} s`));
  const tooMuch = `it took more than ${Math.round(ceiling / 1e6)} MB of memory`;
  let above = 0;
  const watch = systemClock.every(LOOK, () => {
    above = (residentMemory(child.pid ?? 0) ?? 0) > ceiling ? above + 1 : 0;
    if (above >= 3) judge(tooMuch);
  });
  const end = await child.ended;
  late.cancel();
  watch.cancel();
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  // V8 ends a process whose heap is full by SIGABRT, and says so.
  if (end.code !== 0 && /heap out of memory/.test(end.output)) verdict ??= tooMuch;
  return verdict === undefined ? { code: end.code, reason: reasonOf(end) } : { code: undefined, reason: verdict };
}

function reasonOf({ code, signal, output }: ProcessEnd): string {
  const last = output.trim().split('\n').slice(-3).join(' ');
  return `${signal ?? `exit code ${code ?? '?'}`}${last === '' ? '' : `: ${last}`}`;
}
