import type { StatusLook } from '../../runtime/node-red/index.ts';
import type { DestinationState } from '../../runtime/outbox/index.ts';

type Words = [look: StatusLook, key: string, values: Record<string, string | number>];

/** A few messages are always on their way in a stream. */
const BACKLOG = 20;

/** What waits for longer has its age told, ms. */
const OLD = 10_000;

/** The status of a destination: what keeps it from sending, else how much waits and since when, else how much was sent. */
export function wordsFor(state: DestinationState): Words {
  const { connected, depth, sent, problem, paused, holding, oldestMs, dead } = state;
  const many = short(depth);
  const rate = Math.round(state.rate);
  // The number first: what is too long for a status is cut at its end.
  if (problem) return ['error', depth > 0 ? 'stuck' : 'problem', { depth: shorter(depth), problem: problem.title }];
  if (paused) return ['off', depth > 0 ? 'paused' : 'pausedEmpty', { depth: many }];
  if (depth > 0 && holding?.until !== undefined && holding.reason !== 'bandwidth' && holding.reason !== 'batch') {
    return ['waiting', 'until', { depth: many, time: timeOf(holding.until) }];
  }
  if (depth > 0 && holding?.reason === 'batch') return ['waiting', 'batch', { depth: many }];
  if (!connected && depth === 0) return ['waiting', 'connecting', {}];
  // A backlog that goes down says how fast; one that does not, how old it is.
  if (depth > BACKLOG && rate > 0) return ['active', 'draining', { depth: many, rate: short(rate) }];
  if (depth > 0 && oldestMs > OLD)
    return [connected ? 'active' : 'waiting', 'old', { depth: many, age: ageOf(oldestMs) }];
  if (!connected || depth > BACKLOG) return [connected ? 'active' : 'waiting', 'waiting', { depth: many }];
  if (dead > 0) return ['warning', 'dead', { sent: short(sent), dead: short(dead) }];
  if (sent === 0) return ['ok', 'connected', {}];
  return rate > 0 ? ['ok', 'rate', { sent: short(sent), rate: short(rate) }] : ['ok', 'sent', { sent }];
}

/** As few characters as a status has room for. */
function short(count: number): string {
  if (count < 10_000) return String(count);
  if (count < 1e6) return `${Math.floor(count / 1_000)}k`;
  return count < 1e7 ? `${(count / 1e6).toFixed(1)}M` : `${Math.floor(count / 1e6)}M`;
}

/** Beside words: "not connected" fits behind it. */
function shorter(count: number): string {
  return count < 1_000 || count >= 10_000 ? short(count) : `${Math.floor(count / 1_000)}k`;
}

function ageOf(ms: number): string {
  if (ms < 60_000) return `${Math.floor(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  return ms < 48 * 3_600_000 ? `${Math.floor(ms / 3_600_000)} h` : `${Math.floor(ms / 86_400_000)} d`;
}

/** On the gateway's own clock. */
const timeOf = (ms: number): string => new Date(ms).toTimeString().slice(0, 5);

/** Passes a problem on when it begins, and again when it has been mended in between. */
export function newProblems(tell: (problem: NonNullable<DestinationState['problem']>) => void) {
  let known: string | undefined;
  return ({ connected, problem }: DestinationState): void => {
    if (problem && problem.code !== known) tell(problem);
    if (problem) known = problem.code;
    else if (connected) known = undefined;
  };
}
