import { type MillraceError, type Timer, toPlainError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { type Course, createCourse } from '../health/course.ts';
import { judgeHealth } from '../health/judge.ts';
import { type Measure, measureOf } from '../health/measure.ts';
import { limits } from '../limits.ts';
import { chosenSlot, otherSlot, previousSlot, type RolloutState } from '../state/rollout-state.ts';
import { called, mustBeIdle, type Parts } from './parts.ts';
import { backTo, keepAnyway, leaveActive, toPrevious } from './returns.ts';
import type { FlowFailure, Rollout, Start } from './types.ts';

export interface Watching extends Pick<Rollout, 'starting' | 'up' | 'beat' | 'failed' | 'rollBack'> {
  /** How what runs has been since its start. */
  measure(): Measure | undefined;
  /** Finishes what a power cut has left unfinished. */
  resume(): Promise<void>;
}

/** Pauses before a start after failures: 1 s, doubled up to 5 min. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [1_000, 300_000];

export function createWatching(parts: Parts): Watching {
  const { store, slots, clock, flow, probation } = parts;
  let course: Course = createCourse();
  let upSince: number | undefined;
  let patience: Timer | undefined;
  let deciding = false;
  let lastFailure = '';
  parts.signal.addEventListener('abort', () => patience?.cancel());

  /** Leaves the new bundle; where there is nothing to go back to it stays, and is tried on. */
  const goBack = async (reason: MillraceError): Promise<void> => {
    const problem = toPlainError(reason);
    let kept: RolloutState['candidate'];
    await store.settle((was) => {
      if (!was.candidate || (was.state !== 'switching' && was.state !== 'probation')) return was;
      kept = was.active === undefined ? was.candidate : undefined;
      return kept ? keepAnyway(was, problem) : backTo(was, problem);
    });
    if (!kept) return;
    const text = `${called(kept.release)}: ${problem.message}. There is no bundle before it to go back to: it is tried on.`;
    parts.tell({ kind: 'note', release: kept.release, text, problem });
  };

  const notStarted = ({ release, starts }: NonNullable<RolloutState['candidate']>) =>
    errors.BUNDLE_NOT_STARTED({ ...release, starts, last: lastFailure });

  /** The old one has been started again: says so. Of a rollback that was cut off too. */
  const finishReturn = async () => {
    const { state, active, slots: records, candidate, problem } = store.current;
    if (state !== 'rolling-back') return;
    const release = active && records[active]?.release;
    const left = candidate?.release ?? records[otherSlot(active)]?.release;
    parts.tell({
      kind: 'rolled-back',
      ...(left && { release: left }),
      text: `${release ? called(release) : 'the bundle before'} runs again: ${problem?.message ?? 'the one after it was left'}`,
      ...(problem && { problem }),
    });
    await store.settle(leaveActive);
  };

  const commit = async () => {
    await store.settle((was) => (was.state === 'probation' ? { ...was, state: 'committing' } : was));
    await finishCommit();
  };
  const finishCommit = async () => {
    const { state, candidate } = store.current;
    if (state !== 'committing' || !candidate) return;
    const { release, slot, estimate } = candidate;
    await slots.markProven(slot, release).catch(() => undefined);
    await parts.incoming.keepOnly(new Set()).catch(() => undefined);
    parts.tell({
      kind: 'deployed',
      release,
      text: `${called(release)} holds${memoryWords(estimate?.memoryBytes, course)}`,
    });
    await store.settle((was) => {
      const { candidate: _, problem: __, ...rest } = was;
      const newest = (was.newest?.version ?? -1) > release.version ? was.newest : release;
      return {
        ...{ ...rest, newest, state: 'idle', active: slot, failures: 0 },
        slots: { ...was.slots, [slot]: { release, proven: true, failed: false } },
      };
    });
  };

  const judge = async () => {
    const { state, candidate } = store.current;
    const elapsed = upSince === undefined ? 0 : clock.monotonic() - upSince;
    if (state === 'probation' && candidate) {
      const { healthy, reasons } = judgeHealth(course.vitals, candidate.before);
      parts.progress({ text: 'it runs, and is watched', share: Math.min(1, elapsed / probation) });
      if (!healthy) {
        await goBack(errors.BUNDLE_UNHEALTHY({ ...candidate.release, reasons }));
        if (store.current.state === 'rolling-back') flow.restart();
      } else if (elapsed >= probation) await commit();
    } else if (state === 'idle' && elapsed >= probation) await hold();
  };

  /** What runs has been up for as long as a new one is watched. */
  const hold = async () => {
    const { active, slots: records, failures } = store.current;
    const record = active && records[active];
    if (!record || (failures === 0 && record.proven && !record.failed)) return;
    if (!judgeHealth(course.vitals).healthy) return;
    await slots.markProven(active, record.release).catch(() => undefined);
    await store.settle((was) => ({
      ...{ ...was, failures: 0 },
      slots: { ...was.slots, [active]: { release: record.release, proven: true, failed: false } },
    }));
  };

  const startOf = ({ ...state }: RolloutState): Start | undefined => {
    const slot = chosenSlot(state);
    const release = slot && state.slots[slot]?.release;
    if (!release) return undefined;
    const candidate = state.state !== 'idle' && state.candidate?.slot === slot;
    return { slot, directory: slots.directory(slot), release, candidate };
  };

  const count = (was: RolloutState): RolloutState => {
    if ((was.state !== 'switching' && was.state !== 'probation') || !was.candidate) return was;
    return { ...was, state: 'switching', candidate: { ...was.candidate, starts: was.candidate.starts + 1 } };
  };

  return {
    measure: () => measureOf(course.vitals),
    async resume() {
      await finishCommit();
    },
    async starting() {
      patience?.cancel();
      course = createCourse();
      upSince = undefined;
      const { state, candidate } = store.current;
      const underTrial = state === 'switching' || state === 'probation';
      if (underTrial && candidate && candidate.starts >= limits.starts.value) {
        limits.starts.cost();
        await goBack(notStarted(candidate));
      }
      await store.update(count).catch(async (error: unknown) => {
        // A start that cannot be counted would be one of any number.
        await parts.incoming.keepOnly(new Set()).catch(() => undefined);
        await store.update(count).catch(() => goBack(error as MillraceError));
      });
      const start = startOf(store.current);
      if (start?.candidate === true) patience = clock.after(limits.start.value, tooLong);
      return start;
    },
    async up() {
      patience?.cancel();
      upSince = clock.monotonic();
      await store.settle((was) => (was.state === 'switching' ? { ...was, state: 'probation' } : was));
      await finishReturn();
    },
    beat(vitals) {
      if (upSince === undefined) return;
      course.add(vitals);
      if (deciding) return;
      deciding = true;
      judge()
        .catch(() => undefined)
        .finally(() => (deciding = false));
    },
    async failed(failure: FlowFailure) {
      patience?.cancel();
      upSince = undefined;
      lastFailure = failure.text;
      await finishReturn();
      const { state, candidate } = store.current;
      if ((state === 'switching' || state === 'probation') && candidate) {
        if (candidate.starts < limits.starts.value) return pauseAfter(candidate.starts);
        limits.starts.cost();
        await goBack(notStarted(candidate));
      } else await store.settle((was) => afterFailure(was, failure));
      const { state: next, failures } = store.current;
      return next === 'rolling-back' ? 0 : pauseAfter(failures);
    },
    async rollBack() {
      const { state, candidate } = store.current;
      if ((state === 'switching' || state === 'probation') && candidate) {
        if (store.current.active === undefined) throw errors.NOTHING_TO_GO_BACK_TO({});
        await goBack(errors.ROLLED_BACK_BY_HAND(candidate.release));
      } else {
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

  function tooLong(): void {
    limits.start.cost();
    lastFailure = `it was not up after ${Math.round(limits.start.value / 1_000)} s`;
    flow.restart();
  }
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

function memoryWords(estimated: number | undefined, { vitals }: Course): string {
  const taken = vitals.reduce((most, { rss }) => Math.max(most, rss), 0);
  if (estimated === undefined || taken === 0) return '';
  const words = ` and takes ${megabytes(taken)} of memory; ${megabytes(estimated)} were estimated`;
  return taken > 1.5 * estimated ? `${words}, which is too low` : words;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
