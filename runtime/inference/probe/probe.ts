import { MillraceError } from '../../base/index.ts';
import { fileURLToPath } from 'node:url';
import { startProcess, workerUrl } from '../../workers/index.ts';
import { errors } from '../errors.ts';
import type { ProbeAnswer, ProbeRequest } from './protocol.ts';

const PROGRAM = fileURLToPath(workerUrl(import.meta.url, './probe-process'));
/** ms: a model that is not loaded and run once by then is not for this machine. */
const PATIENCE = 120_000;

/**
 * Loads a model that this machine has never loaded in a child process first, because some end the process that loads them.
 *
 * @returns MB that it took
 * @throws MODEL_ENDS_PROCESS if the child died of it; MODEL_NOT_LOADED, TIER_UNAVAILABLE
 */
export async function probe(request: ProbeRequest, program = PROGRAM): Promise<number> {
  const { model } = request;
  let answer: ProbeAnswer | undefined;
  const child = await startProcess({
    name: 'model probe',
    command: process.execPath,
    args: [...process.execArgv, program],
    onMessage: (message) => (answer = message as ProbeAnswer),
  });
  child.send(request);
  const late = setTimeout(() => void child.end(0), PATIENCE);
  const { code, signal, output } = await child.ended.finally(() => clearTimeout(late));
  if (answer && 'error' in answer) throw new MillraceError(answer.error);
  if (answer) return answer.memory;
  const how = signal ?? `exit code ${code}`;
  throw errors.MODEL_ENDS_PROCESS({ model, how, output: firstLine(output) });
}

/** What it said before the stack of its end. */
const firstLine = (text: string) => text.trim().split('\n')[0]?.slice(0, 200) ?? '';
