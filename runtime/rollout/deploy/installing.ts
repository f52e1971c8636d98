import { toPlainError } from '../../base/index.ts';
import { checkUnpacked, installPackages } from '../../bundle/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { Measure } from '../health/measure.ts';
import { type RolloutState, type Slot } from '../state/rollout-state.ts';
import { accept, called, type Parts, withoutCandidate, withoutProblem } from './parts.ts';

/** Puts a bundle that is there into its slot, and lets it be started once it has proved itself as far as it can standing. */
export interface Installing {
  /**
   * Resolves when the gateway has it to itself; what comes of it is told by events.
   *
   * @param unpack writes the bundle to its slot, whole or not at all
   * @throws DEPLOY_NOT_OFFERED, DEPLOY_UNSTORABLE
   */
  begin(release: ReleaseFacts, unpack: (directory: string) => Promise<void>): Promise<void>;
  settled(): Promise<void>;
}

export function createInstalling(parts: Parts, before: () => Measure | undefined): Installing {
  const { store, slots, judges, flow, signal } = parts;
  let work: Promise<void> = Promise.resolve();

  /** The next state of this deploy, which must still be the one under way. */
  const enter = (state: RolloutState['state'], change: (was: RolloutState) => Partial<RolloutState> = () => ({})) =>
    store.update((was) => ({ ...was, ...change(was), state }));

  const install = async (slot: Slot, unpack: (directory: string) => Promise<void>) => {
    const directory = slots.directory(slot);
    await slots.unmark(slot);
    // What is in the slot is replaced only when the new bundle is whole: some of its files may come from there.
    await unpack(directory);
    await enter('verifying');
    const bundle = await checkUnpacked(directory);
    const release = await accept(parts, bundle);
    await installPackages(bundle);
    const estimate = await judges.fit(directory, signal);
    await enter('testing', (was) => ({ slots: { ...was.slots, [slot]: { release, proven: false, failed: false } } }));
    await judges.test(directory, signal);
    const measured = before();
    await enter('switching', ({ candidate }) => ({
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
    await store.settle((was) => ({ ...withoutCandidate(was), state: 'idle', problem }));
  };

  return {
    async begin(release, unpack) {
      let slot: Slot | undefined;
      await store.update((was) => {
        if (was.state !== 'receiving' || !was.candidate) throw errors.DEPLOY_NOT_OFFERED({});
        slot = was.candidate.slot;
        // From here on the slot holds nothing that may be used.
        const { [slot]: _, ...rest } = was.slots;
        return { ...withoutProblem(was), state: 'unpacking', slots: rest };
      });
      if (!slot) return;
      work = install(slot, unpack)
        .catch((error: unknown) => refuse(release, error))
        // The rollout was closed meanwhile: the disk says how to go on.
        .catch(() => undefined);
    },
    settled: () => work,
  };
}
