import { join } from 'node:path';
import { MillraceError, toPlainError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { recover } from './recover.ts';
import { floorAfter, readFloor, writeFloor } from './floor.ts';
import { EMPTY_STATE, type Floor, otherSlot, type RolloutState, type Slot, SLOTS } from './rollout-state.ts';
import type { Slots } from './slots.ts';
import { readState, writeState } from './state-file.ts';

export interface StateStore {
  readonly current: RolloutState;
  /**
   * One change after the other; each is on the disk before it counts.
   *
   * @param change gives the next state; the same one where nothing is to change
   * @throws DEPLOY_UNSTORABLE if the disk does not take it, ROLLOUT_STATE_TOO_NEW; then nothing has changed
   */
  update(change: (state: RolloutState) => RolloutState): Promise<RolloutState>;
  /**
   * The same where the disk's word is no condition: if it does not take it the change counts all the same, because the state
   * that is left there leads to the same end.
   */
  settle(change: (state: RolloutState) => RolloutState): Promise<RolloutState>;
  /** Puts the newest release that ever held beside the state, for when that is damaged. @throws what the disk says */
  keepFloor(floor: Floor): Promise<void>;
  /** Nothing changes from now on, and nothing is written. Resolves when the last write is done. */
  close(): Promise<void>;
}

/**
 * Reads how the gateway stood and says how it goes on: where a newer Millrace has written that, by what the slots themselves say.
 *
 * @param changed called after each change
 * @returns the store, and the state as it was found
 */
export async function openState(gateway: string, slots: Slots, changed: () => void) {
  const file = join(gateway, 'state.json');
  let tooNew: MillraceError | undefined;
  const read = await readState(file).catch((error: unknown) => {
    if (!(error instanceof MillraceError)) throw error;
    tooNew = error;
    return 'damaged' as const;
  });
  const beside = join(gateway, 'newest.json');
  const ofSlots = async () => {
    const state = raised(await slots.stateFromSlots(), await readFloor(beside));
    return { ...state, ...(tooNew && { problem: toPlainError(tooNew) }) };
  };
  const found = read === 'none' || read === 'damaged' ? await ofSlots() : read;
  let current = await withWholeSlots(recover(found), slots);
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const apply = (change: (state: RolloutState) => RolloutState, must: boolean) =>
    inTurn(async () => {
      // Whoever is still at work then was cut off, as by the power: what is on disk says how to go on.
      if (closed) throw new Error('the rollout is closed');
      const next = change(current);
      if (next === current) return current;
      // What a newer Millrace has written stays for it: what runs may go on, nothing new begins.
      if (tooNew && must) throw tooNew;
      try {
        if (!tooNew) await writeState(file, next);
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
        if (must) throw errors.DEPLOY_UNSTORABLE({ file, reason }, { cause: error });
      }
      current = next;
      changed();
      return current;
    });

  const store: StateStore = {
    get current() {
      return current;
    },
    update: (change) => apply(change, true),
    settle: (change) => apply(change, false),
    keepFloor: (floor) =>
      inTurn(async () => {
        if (!closed && !tooNew) await writeFloor(beside, floor);
      }),
    close: () => inTurn(() => Promise.resolve(void (closed = true))),
  };
  const nothingNew = JSON.stringify(current) === JSON.stringify(read === 'none' ? EMPTY_STATE : read);
  if (!nothingNew) await store.settle((recovered) => ({ ...recovered }));
  return { store, found };
}

/** The slots show what is there, not what was there once. */
const raised = (state: RolloutState, beside: Floor | undefined): RolloutState =>
  beside ? { ...state, newest: state.newest ? floorAfter(state.newest, beside) : beside } : state;

/** A slot that somebody emptied, or that the disk lost, is not chosen as long as the other one is there. */
async function withWholeSlots(state: RolloutState, slots: Slots): Promise<RolloutState> {
  const records = { ...state.slots };
  const lost: Partial<Record<Slot, string>> = {};
  for (const slot of SLOTS) {
    const reason = records[slot] && (await slots.lost(slot));
    if (reason === undefined) continue;
    lost[slot] = reason;
    delete records[slot];
  }
  const { candidate, active } = state;
  let whole: RolloutState = { ...state, slots: records };
  if (candidate && !records[candidate.slot] && state.state !== 'idle') {
    const problem = toPlainError(errors.DEPLOY_CUT_OFF({ name: candidate.release.name, state: state.state }));
    whole = without({ ...whole, state: 'idle', problem }, 'candidate');
  }
  if (active === undefined || records[active]) return whole;
  const release = state.slots[active]?.release;
  const reason = lost[active];
  const problem = release && reason !== undefined && toPlainError(errors.BUNDLE_LOST({ ...release, reason }));
  return leftFor({ ...whole, ...(problem && { problem }) }, otherSlot(active));
}

/** What was active is lost. */
function leftFor(state: RolloutState, other: Slot): RolloutState {
  const { candidate, slots } = state;
  // What never held may have failed its own tests.
  if (slots[other]?.proven === true && candidate?.slot !== other) {
    // It is told, however often the power fails, when the other one runs.
    return { ...state, state: 'rolling-back', active: other, failures: 0 };
  }
  const rest = without(state, 'active');
  if (state.state !== 'rolling-back') return rest;
  // A new bundle that was being left: rather this one than none.
  const idle: RolloutState = { ...without(rest, 'candidate'), state: 'idle' };
  return candidate && slots[candidate.slot] ? { ...idle, active: candidate.slot, failures: candidate.starts } : idle;
}

const without = <K extends keyof RolloutState>(state: RolloutState, key: K): Omit<RolloutState, K> => {
  const { [key]: _, ...rest } = state;
  return rest;
};
