import type { Clock } from '../../base/index.ts';
import { acceptRelease, type Bundle } from '../../bundle/index.ts';
import type { GatewayStatus, ReleaseFacts } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { StateStore } from '../state/open-state.ts';
import { haveCommon } from '../state/floor.ts';
import type { RolloutState } from '../state/rollout-state.ts';
import type { Slots } from '../state/slots.ts';
import type { Incoming } from './incoming.ts';
import type { RolloutEvent, RolloutOptions } from './types.ts';

/** What the parts of a rollout share. */
export interface Parts extends Pick<RolloutOptions, 'rules' | 'judges' | 'flow'> {
  readonly directory: string;
  readonly probation: number;
  readonly clock: Clock;
  readonly store: StateStore;
  readonly slots: Slots;
  readonly incoming: Incoming;
  /** Ends what is under way when the rollout is closed. */
  readonly signal: AbortSignal;
  tell(event: RolloutEvent): void;
  /** Shown beside the state, until the next state. */
  progress(progress: GatewayStatus['progress']): void;
}

/**
 * Judges a release by what the gateway trusts and is.
 *
 * @returns what it is, and the ids of the release keys that are trusted now
 * @throws what is wrong with it
 */
export async function accept(
  { rules, store, clock }: Parts,
  bundle: Bundle,
): Promise<{ readonly release: ReleaseFacts; readonly keys: string[] }> {
  const now = await rules();
  const keys = now.root.roles.release.keys.map(({ id }) => id);
  const { newest } = store.current;
  const { version, issued } = acceptRelease(bundle, {
    ...now,
    // What others signed is no measure for a gateway that has changed hands: nobody knows their versions.
    ...(newest && haveCommon(newest.keys, keys) && { newest }),
    now: clock.now(),
  });
  return { release: { name: bundle.manifest.name, version, digest: bundle.digest, issued }, keys };
}

/** @throws DEPLOY_BUSY unless nothing is under way */
export function mustBeIdle({ state, candidate, active, slots }: RolloutState): void {
  if (state === 'idle') return;
  const release = candidate?.release ?? (active && slots[active]?.release);
  throw errors.DEPLOY_BUSY({ name: release?.name ?? 'a bundle', state });
}

export const isSame = (one: ReleaseFacts | undefined, two: ReleaseFacts): boolean =>
  one?.digest === two.digest && one.version === two.version;

export const called = ({ name, version }: ReleaseFacts): string => `"${name}" ${version}`;

/** The state without what belongs to the deploy. */
export function withoutCandidate({ candidate: _, ...rest }: RolloutState): RolloutState {
  return rest;
}

export function withoutProblem({ problem: _, ...rest }: RolloutState): RolloutState {
  return rest;
}
