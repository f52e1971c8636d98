import type { StatusLook } from '../../runtime/node-red/index.ts';
import type { DestinationState } from '../../runtime/outbox/index.ts';

type Words = [look: StatusLook, key: string, values: Record<string, string | number>];

/** The status of a destination: what keeps it from sending, else how much waits, else how much was sent. */
export function wordsFor({ connected, depth, sent, problem }: DestinationState): Words {
  // The number first: what is too long for a status is cut at its end.
  if (problem) return ['error', depth > 0 ? 'stuck' : 'problem', { depth, problem: problem.title }];
  if (!connected) return ['waiting', depth > 0 ? 'waiting' : 'connecting', { depth }];
  // A few messages are always on their way in a stream.
  if (depth > BACKLOG) return ['active', 'waiting', { depth }];
  return ['ok', sent > 0 ? 'sent' : 'connected', { sent }];
}

const BACKLOG = 20;

/** Passes a problem on when it begins, and again when it has been mended in between. */
export function newProblems(tell: (problem: NonNullable<DestinationState['problem']>) => void) {
  let known: string | undefined;
  return ({ connected, problem }: DestinationState): void => {
    if (problem && problem.code !== known) tell(problem);
    if (problem) known = problem.code;
    else if (connected) known = undefined;
  };
}
