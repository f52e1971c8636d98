import { fileURLToPath } from 'node:url';
import { type Clock, MillraceError } from '../../base/index.ts';
import { startProcess, workerUrl } from '../../workers/index.ts';
import { errors } from '../errors.ts';
import { heapLimit } from './limits.ts';
import type { Job, Outcome, ProcessMessage } from './protocol.ts';

const PROGRAM = fileURLToPath(workerUrl(import.meta.url, './training-process'));

export interface Apart<J extends Job> {
  readonly pid: number | undefined;
  /** @throws what the job throws; TRAINING_ENDED, TRAINING_CANCELLED */
  readonly outcome: Promise<Outcome<J>>;
  /** Ends the process at once. */
  cancel(): void;
}

/** Of the parent: they would be wrong for the child, or take its port. */
const NOT_INHERITED = /^--(inspect|max-old-space-size|max-semi-space-size)/;

/**
 * Runs a training or an evaluation in a process of its own, with low priority and bounded memory. The clock is held until it
 * answers.
 *
 * @throws PROCESS_NOT_STARTED
 */
export async function runApart<J extends Job>(
  job: J,
  clock: Clock,
  onProgress: (done: number, step: string) => void = () => undefined,
): Promise<Apart<J>> {
  let outcome: Outcome<J> | undefined;
  let failure: MillraceError | undefined;
  let cancelled = false;
  const child = await startProcess({
    name: job.kind === 'train' ? 'the training' : 'the evaluation',
    command: process.execPath,
    // Sensors and flows come first.
    last: true,
    args: [
      ...process.execArgv.filter((argument) => !NOT_INHERITED.test(argument)),
      '--disable-warning=ExperimentalWarning',
      PROGRAM,
    ],
    // As an argument it would go on to the process's own threads, which refuse it.
    env: { NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --max-old-space-size=${heapLimit.value}`.trim() },
    onMessage(received) {
      const message = received as ProcessMessage;
      if (message.kind === 'outcome') outcome = message.outcome as Outcome<J>;
      else if (message.kind === 'failed') failure = new MillraceError(message.error);
      else onProgress(message.done, message.step);
    },
  });
  child.send(job);
  const answer = async (): Promise<Outcome<J>> => {
    const { code, signal, output } = await child.ended;
    if (cancelled) throw errors.TRAINING_CANCELLED({});
    if (failure) throw failure;
    if (outcome) return outcome;
    const memory = OUT_OF_MEMORY.test(output);
    if (memory) heapLimit.cost();
    const how = memory ? 'it ran out of memory' : signal === undefined ? `exit code ${code}` : `signal ${signal}`;
    throw errors.TRAINING_ENDED({ how });
  };
  return {
    pid: child.pid,
    outcome: clock.hold(answer()),
    cancel() {
      cancelled = true;
      void child.end(0);
    },
  };
}

const OUT_OF_MEMORY = /out of memory|Array buffer allocation failed|bad_alloc/i;
