import { type MillraceError, type Timer, toPlainError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { limits } from '../limits.ts';
import { chosenSlot, previousSlot, type RolloutState } from '../state/rollout-state.ts';
import type { Judging } from './judging.ts';
import type { Leaving } from './leaving.ts';
import { mustBeIdle, type Parts } from './parts.ts';
import { toPrevious } from './returns.ts';
import type { FlowFailure, Rollout, Start } from './types.ts';

/** What the supervisor asks: which bundle to start, and what comes of it. */
export type Starting = Pick<Rollout, 'starting' | 'up' | 'failed' | 'ended' | 'rollBack'>;

/** Pauses before a start after failures: 1 s, doubled up to 5 min. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [1_000, 300_000];

/**
 * Why a flow does not start that lies with its device and not with its bundle: another one would not start either, and who has
 * caused it mends it.
 */
const OF_THE_DEVICE = new Set([
  ...['PORT_IN_USE', 'ADDRESS_UNUSABLE', 'PASSWORD_REQUIRED', 'PASSWORD_UNFIT', 'PASSWORD_FILE_DAMAGED'],
  ...['USER_DIR_TAKEN', 'USER_DIR_UNUSABLE', 'DIRECTORY_UNWRITABLE', 'ROOT_REFUSED', 'OPTION_INVALID', 'NODE_TOO_OLD'],
  ...['BUNDLE_SETTINGS_MISSING', 'SETTINGS_FILE_MISSING', 'SEALED_NOT_OPENED'],
]);

export function createStarting(parts: Parts, judging: Judging, leaving: Leaving): Starting {
  const { store, slots, clock, flow } = parts;
  let patience: Timer | undefined;
  let lastFailure = '';
  /** In a row, of the device and not of what held on it. */
  let faultsOfDevice = 0;
  let late = false;
  parts.signal.addEventListener('abort', () => patience?.cancel());

  const leaveAsNotStarted = async ({ release, starts }: NonNullable<RolloutState['candidate']>) => {
    limits.starts.cost();
    await leaving.goBack(errors.BUNDLE_NOT_STARTED({ ...release, starts, last: lastFailure }));
  };

  /** Whether a new bundle has had all of its starts. */
  const isSpent = () => {
    const { candidate } = store.current;
    return underTrial(store.current) && candidate && candidate.starts >= limits.starts.value ? candidate : undefined;
  };

  const tooLong = () => {
    limits.startup.cost();
    late = true;
    lastFailure = `it was not up after ${Math.round(limits.startup.value / 1_000)} s`;
    flow.restart();
  };

  return {
    async starting() {
      patience?.cancel();
      late = false;
      judging.begin();
      const spent = isSpent();
      if (spent) await leaveAsNotStarted(spent);
      await store.update(countStart).catch(async (error: unknown) => {
        // A start that cannot be counted would be one of any number: room is made for the count, or it is not made.
        await parts.incoming.keepOnly(new Set()).catch(() => undefined);
        await store.update(countStart).catch(() => leaving.goBack(error as MillraceError));
      });
      const start = startOf(store.current, slots.directory);
      if (start?.candidate === true) patience = clock.after(limits.startup.value, tooLong);
      return start;
    },
    async up() {
      patience?.cancel();
      faultsOfDevice = 0;
      judging.up();
      await store.settle((was) => (was.state === 'switching' ? { ...was, state: 'probation' } : was));
      await leaving.finish();
    },
    async failed(failure) {
      patience?.cancel();
      judging.down();
      lastFailure = failure.text;
      await leaving.finish();
      if (underTrial(store.current)) {
        const spent = isSpent();
        if (!spent) return pauseAfter(store.current.candidate?.starts ?? 0);
        await leaveAsNotStarted(spent);
      } else if (OF_THE_DEVICE.has(failure.problem?.code ?? '')) {
        faultsOfDevice += 1;
        return pauseAfter(faultsOfDevice);
      } else await store.settle((was) => afterFailure(was, failure));
      const { state, failures } = store.current;
      return state === 'rolling-back' ? 0 : pauseAfter(failures);
    },
    async ended() {
      patience?.cancel();
      judging.down();
      // One that was too slow to come up was asked to end, too: that start is spent.
      if (!late) await store.settle(giveStartBack);
    },
    async rollBack() {
      const { active, candidate } = store.current;
      const tried = underTrial(store.current) ? candidate : undefined;
      if (tried && active === undefined) throw errors.NOTHING_TO_GO_BACK_TO({});
      const left = tried && (await leaving.goBack(errors.ROLLED_BACK_BY_HAND(tried.release)));
      // It may have become the last good one in this very moment.
      if (left !== true) {
        await store.update((was) => {
          mustBeIdle(was);
          const release = was.active && was.slots[was.active]?.release;
          if (!release || previousSlot(was) === undefined) throw errors.NOTHING_TO_GO_BACK_TO({});
          return toPrevious(was, toPlainError(errors.ROLLED_BACK_BY_HAND(release)), false);
        });
      }
      flow.restart();
    },
  };
}

const underTrial = ({ state }: RolloutState): boolean => state === 'switching' || state === 'probation';

function countStart(was: RolloutState): RolloutState {
  if (!underTrial(was) || !was.candidate) return was;
  return { ...was, state: 'switching', candidate: { ...was.candidate, starts: was.candidate.starts + 1 } };
}

function giveStartBack(was: RolloutState): RolloutState {
  if (!underTrial(was) || !was.candidate) return was;
  return { ...was, candidate: { ...was.candidate, starts: Math.max(0, was.candidate.starts - 1) } };
}

function startOf(state: RolloutState, directory: (slot: 'a' | 'b') => string): Start | undefined {
  const slot = chosenSlot(state);
  const release = slot && state.slots[slot]?.release;
  if (!release) return undefined;
  const candidate = state.state !== 'idle' && state.candidate?.slot === slot;
  return { slot, directory: directory(slot), release, candidate };
}

/** One more failure of what had held; too many, and the one before it takes its place, if it has not been left so itself. */
function afterFailure(was: RolloutState, { text }: FlowFailure): RolloutState {
  const failures = was.failures + 1;
  const previous = previousSlot(was);
  const release = was.active && was.slots[was.active]?.release;
  if (failures < limits.failures.value || previous === undefined || !release || was.slots[previous]?.failed === true) {
    return { ...was, failures };
  }
  limits.failures.cost();
  return toPrevious(was, toPlainError(errors.BUNDLE_CRASH_LOOP({ ...release, failures, last: text })), true);
}

const pauseAfter = (failures: number) =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(20, Math.max(0, failures - 1)));
