import type { PlainError } from '../../base/index.ts';
import type { GatewayEvent, GatewayStatus, ReleaseFacts } from '../../messages/index.ts';

export const sameRelease = (a: ReleaseFacts | undefined, b: ReleaseFacts): boolean =>
  a !== undefined && a.digest === b.digest && a.version === b.version;

/** Where a deploy stands by the gateway's status: it runs, is worked on, another is, or nothing is. */
export function outcomeOf(status: GatewayStatus, release: ReleaseFacts): 'runs' | 'works' | 'other' | 'idle' {
  // A first bundle that does not work is tried on, for want of another one: it runs, but is not deployed.
  const runs = sameRelease(status.running, release) && status.held !== false;
  if (status.state === 'idle') return runs ? 'runs' : 'idle';
  return sameRelease(status.candidate, release) ? 'works' : 'other';
}

/** What an event says of the deploy of its release: done, the problem that ended it, or nothing. */
export function saidBy({ kind, text, problem }: GatewayEvent): 'deployed' | PlainError | undefined {
  if (kind === 'deployed') return 'deployed';
  if (kind !== 'refused' && kind !== 'rolled-back') return undefined;
  const title = kind === 'refused' ? 'refused' : 'went back';
  return problem ?? { code: 'DEPLOY_FAILED', message: text, hint: 'Look at the log of the gateway.', title };
}
