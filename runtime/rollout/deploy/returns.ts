import type { GatewayProblem } from '../../messages/index.ts';
import { previousSlot, type RolloutState } from '../state/rollout-state.ts';
import { withoutCandidate, withoutProblem } from './parts.ts';

/** From a new bundle to the one before it. */
export const backTo = (was: RolloutState, problem: GatewayProblem): RolloutState => ({
  ...was,
  state: 'rolling-back',
  failures: 0,
  problem,
});

/** A new bundle with nothing before it: rather this one than none. It has not held, so nobody goes back to it. */
export function keepAnyway(was: RolloutState, problem: GatewayProblem): RolloutState {
  const { candidate } = was;
  if (!candidate) return was;
  return { ...withoutCandidate(was), state: 'idle', active: candidate.slot, failures: candidate.starts, problem };
}

/** From one that had held to the one before it. */
export function toPrevious(was: RolloutState, problem: GatewayProblem, failed: boolean): RolloutState {
  const { active } = was;
  const previous = previousSlot(was);
  const record = active && was.slots[active];
  if (!record || previous === undefined) return was;
  return {
    ...{ ...was, state: 'rolling-back', active: previous, failures: 0, problem },
    slots: { ...was.slots, [active]: { ...record, failed } },
  };
}

/** The one that was gone back to runs. That somebody wanted it so is nothing that is the matter, unless it ended a deploy. */
export function leaveActive(was: RolloutState): RolloutState {
  if (was.state !== 'rolling-back') return was;
  const idle: RolloutState = { ...withoutCandidate(was), state: 'idle' };
  return was.problem?.code === 'ROLLED_BACK_BY_HAND' && !was.candidate ? withoutProblem(idle) : idle;
}
