import { type MillraceError, toPlainError } from '../../base/index.ts';
import { otherSlot } from '../state/rollout-state.ts';
import { called, type Parts } from './parts.ts';
import { backTo, keepAnyway, leaveActive } from './returns.ts';

/** From a new bundle to the one before it. */
export interface Leaving {
  /**
   * Leaves the new bundle; where there is nothing to go back to it stays, and is tried on.
   *
   * @returns whether there was a new one to leave
   */
  goBack(reason: MillraceError): Promise<boolean>;
  /** The one that was gone back to has been started: says so. Nothing happens where none was. */
  finish(): Promise<void>;
}

export function createLeaving({ store, tell }: Parts): Leaving {
  return {
    async goBack(reason) {
      const problem = toPlainError(reason);
      let left = false;
      await store.settle((was) => {
        if (!was.candidate || (was.state !== 'switching' && was.state !== 'probation')) return was;
        left = true;
        if (was.active !== undefined) return backTo(was, problem);
        const { release } = was.candidate;
        const text = `${called(release)}: ${problem.message}. There is no bundle before it to go back to: it is tried on.`;
        // Told before anybody sees that nothing is under way any more: otherwise it looks as if it had held.
        tell({ kind: 'refused', release, text, problem });
        return keepAnyway(was, problem);
      });
      return left;
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
