import { type MillraceError, toPlainError } from '../../base/index.ts';
import { otherSlot, type RolloutState } from '../state/rollout-state.ts';
import { called, type Parts } from './parts.ts';
import { backTo, keepAnyway, leaveActive } from './returns.ts';

/** From a new bundle to the one before it. */
export interface Leaving {
  /** Leaves the new bundle; where there is nothing to go back to it stays, and is tried on. */
  goBack(reason: MillraceError): Promise<void>;
  /** The one that was gone back to has been started: says so. Nothing happens where none was. */
  finish(): Promise<void>;
}

export function createLeaving({ store, tell }: Parts): Leaving {
  return {
    async goBack(reason) {
      const problem = toPlainError(reason);
      let kept: RolloutState['candidate'];
      await store.settle((was) => {
        if (!was.candidate || (was.state !== 'switching' && was.state !== 'probation')) return was;
        kept = was.active === undefined ? was.candidate : undefined;
        return kept ? keepAnyway(was, problem) : backTo(was, problem);
      });
      if (!kept) return;
      const text = `${called(kept.release)}: ${problem.message}. There is no bundle before it to go back to: it is tried on.`;
      tell({ kind: 'note', release: kept.release, text, problem });
    },
    async finish() {
      const { state, active, slots, candidate, problem } = store.current;
      if (state !== 'rolling-back') return;
      const release = active && slots[active]?.release;
      const left = candidate?.release ?? slots[otherSlot(active)]?.release;
      const why = problem?.message ?? 'the one after it was left';
      // Told before it is written down: after a power cut between the two it is told twice rather than never.
      tell({
        ...{ kind: 'rolled-back', text: `${release ? called(release) : 'the bundle before'} runs again: ${why}` },
        ...(left && { release: left }),
        ...(problem && { problem }),
      });
      await store.settle(leaveActive);
    },
  };
}
