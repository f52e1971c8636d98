import { toPlainError } from '../../base/index.ts';
import { checkUnpacked, installPackages } from '../../bundle/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { Measure } from '../health/measure.ts';
import { limits } from '../limits.ts';
import { type RolloutState, type Slot, withoutSlot } from '../state/rollout-state.ts';
import { accept, called, type Parts, withoutCandidate, withoutProblem } from './parts.ts';

/** Puts a bundle that is there into its slot, and lets it be started once it has proved itself as far as it can standing. */
export interface Installing {
  /**
   * Resolves when it has begun; what comes of it is told by events.
   *
   * @param unpack writes the bundle to its slot, whole or not at all
   * @returns `unpacked` resolves when what `unpack` reads is needed no more; rejects as `unpack`, when that has been told
   * @throws DEPLOY_NOT_OFFERED, DEPLOY_UNSTORABLE
   */
  begin(
    release: ReleaseFacts,
    unpack: (directory: string) => Promise<void>,
  ): Promise<{ readonly unpacked: Promise<void> }>;
  settled(): Promise<void>;
}

export function createInstalling(parts: Parts, before: () => Measure | undefined): Installing {
  const { store, slots, judges, flow, signal } = parts;
  let work: Promise<void> = Promise.resolve();

  /** From one state of this deploy, which must still be the one under way, to the next. */
  const enter = (
    from: RolloutState['state'],
    state: RolloutState['state'],
    change: (was: RolloutState) => Partial<RolloutState> = () => ({}),
  ) =>
    store.update((was) => {
      if (was.state !== from) throw errors.DEPLOY_NOT_OFFERED({});
      return { ...was, ...change(was), state };
    });

  const put = async (slot: Slot, unpack: (directory: string) => Promise<void>) => {
    await slots.unmark(slot);
    // What is in the slot is replaced only when the new bundle is whole: some of its files may come from there.
    await unpack(slots.directory(slot));
  };

  const install = async (slot: Slot) => {
    const directory = slots.directory(slot);
    await enter('unpacking', 'verifying');
    const bundle = await checkUnpacked(directory);
    const { release, keys } = await accept(parts, bundle);
    await installPackages(bundle, { keepFree: limits.reserve.value });
    const estimate = await judges.fit(directory, signal);
    await enter('verifying', 'testing', (was) => ({
      slots: { ...was.slots, [slot]: { release, keys, proven: false, failed: false } },
    }));
    await judges.test(directory, signal);
    const measured = before();
    await enter('testing', 'switching', ({ candidate }) => ({
      ...(candidate && {
        candidate: { ...candidate, ...(measured && { before: measured }), estimate },
      }),
    }));
    flow.restart();
  };

  const refuse = async (release: ReleaseFacts, thrown: unknown) => {
    if (signal.aborted) return;
    const problem = toPlainError(thrown);
    const { state } = store.current;
    parts.tell({
      ...{ kind: 'refused', release, problem },
      text: `${called(release)} was refused while ${state}: ${problem.message}. What ran goes on running.`,
    });
    await store.settle((was) => ({
      ...withoutSlot(withoutCandidate(was), was.candidate?.slot),
      state: 'idle',
      problem,
    }));
  };

  return {
    async begin(release, unpack) {
      let slot: Slot | undefined;
      await store.update((was) => {
        if (was.state !== 'receiving' || !was.candidate) throw errors.DEPLOY_NOT_OFFERED({});
        slot = was.candidate.slot;
        return { ...withoutSlot(withoutProblem(was), slot), state: 'unpacking' };
      });
      const into = slot;
      if (!into) throw errors.DEPLOY_NOT_OFFERED({});
      const unpacking = put(into, unpack);
      const done = unpacking
        .then(() => install(into))
        .catch((error: unknown) => refuse(release, error))
        // The rollout was closed meanwhile: the disk says how to go on.
        .catch(() => undefined);
      work = done;
      const unpacked = unpacking.catch(async (error: unknown) => {
        await done;
        throw error;
      });
      // Not everybody waits for it.
      unpacked.catch(() => undefined);
      return { unpacked };
    },
    settled: () => work,
  };
}
