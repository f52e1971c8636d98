import { toPlainError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { type RolloutState, withoutSlot } from './rollout-state.ts';

/**
 * What a gateway does that finds this state on its disk: with the deploy that was under way when it ended.
 *
 * | was | becomes |
 * | --- | --- |
 * | idle | the same |
 * | receiving, unpacking, verifying, testing | idle: the deploy is dropped, what ran before runs; what was not tested is not kept |
 * | switching, probation | switching: the new bundle is tried again, as long as it has starts left |
 * | committing | committing: it is finished |
 * | rolling-back | rolling-back: it is finished |
 */
export function recover(found: RolloutState): RolloutState {
  const { candidate, ...rest } = found;
  switch (found.state) {
    case 'idle':
      return rest;
    case 'receiving':
    case 'unpacking':
    case 'verifying':
    case 'testing': {
      const name = candidate?.release.name ?? '?';
      const problem = toPlainError(errors.DEPLOY_CUT_OFF({ name, state: found.state }));
      const kept = found.state === 'receiving' ? rest : withoutSlot(rest, candidate?.slot);
      return { ...kept, state: 'idle', problem };
    }
    case 'switching':
    case 'probation':
      return candidate ? { ...found, state: 'switching' } : { ...rest, state: 'idle' };
    case 'committing':
      return candidate ? found : { ...rest, state: 'idle' };
    case 'rolling-back':
      return found;
  }
}
