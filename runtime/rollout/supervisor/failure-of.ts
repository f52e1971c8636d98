import { toPlainError } from '../../base/index.ts';
import { EXIT_MEMORY, type FlowMessage } from '../../messages/index.ts';
import type { ProcessEnd } from '../../workers/index.ts';
import type { FlowFailure } from '../deploy/types.ts';
import { errors } from './errors.ts';

/**
 * Why a flow's process ended that nobody had asked to.
 *
 * @param last    what it said of it
 * @param ceiling bytes that it might take
 */
export function failureOf(
  end: ProcessEnd,
  last: Extract<FlowMessage, { type: 'ending' }> | undefined,
  ceiling: number,
): FlowFailure {
  const memory = end.code === EXIT_MEMORY;
  if (last) {
    const { type: _, ...problem } = last;
    return {
      kind: memory ? 'out-of-memory' : 'crashed',
      text: last.message,
      problem: { title: memory ? 'out of memory' : 'flow ended', ...problem },
    };
  }
  if (memory || heapExhausted(end)) {
    const values = { used: 'all', ceiling: `${Math.round(ceiling / 1e6)} MB` };
    const error = errors.FLOW_OUT_OF_MEMORY(values);
    return { kind: 'out-of-memory', text: error.message, problem: toPlainError(error) };
  }
  const how =
    end.signal === undefined
      ? `exit code ${end.code ?? 0}`
      : end.signal === 'SIGKILL'
        ? 'killed, perhaps by the system for want of memory'
        : `signal ${end.signal}`;
  const error = errors.FLOW_CRASHED({ how, last: lastLine(end.output) });
  return { kind: 'crashed', text: error.message, problem: toPlainError(error) };
}

/** V8 says so, and then ends the process by SIGABRT. */
const heapExhausted = ({ output, code }: ProcessEnd) => code !== 0 && /JavaScript heap out of memory/.test(output);

/** The newest line that says something: the stack of an error comes behind its message. */
function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const told = lines.filter((line) => line !== '' && !/^(at |Node\.js v|[{}^]|\d+: 0x)/.test(line));
  return (told.findLast((line) => /error|cannot|failed/i.test(line)) ?? told.at(-1) ?? '').slice(0, 300);
}
