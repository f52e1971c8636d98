import type { MeasuredCost, Vitals } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { type Course, createCourse } from '../health/course.ts';
import { costWords } from '../health/cost-words.ts';
import { isUnchecked, judgeHealth } from '../health/judge.ts';
import { type Measure, measureOf } from '../health/measure.ts';
import { floorAfter } from '../state/floor.ts';
import { type Floor, otherSlot, type Slot, withoutSlot } from '../state/rollout-state.ts';
import type { Leaving } from './leaving.ts';
import { called, isSame, type Parts, withoutProblem } from './parts.ts';

/** Watches what runs by its vitals: a new bundle becomes the last good one, or is left. */
export interface Judging {
  /** What runs is started. */
  begin(): void;
  up(): void;
  down(): void;
  beat(vitals: Vitals): void;
  /** How what runs has been since its start. */
  measure(): Measure | undefined;
  /** Makes the new bundle the last good one, where that has begun. */
  finishCommit(): Promise<void>;
  /** Resolves when what the last vitals have set off is done. */
  settled(): Promise<void>;
}

export function createJudging(parts: Parts, leaving: Leaving): Judging {
  const { store, slots, clock, flow, probation, incoming } = parts;
  let course: Course = createCourse();
  let begunAt = clock.monotonic();
  let upSince: number | undefined;
  let startMs: number | undefined;
  let decision: Promise<void> | undefined;

  /** By this start. */
  const taken = (): MeasuredCost => {
    const modelMs = course.vitals.at(-1)?.vectors.slowestMs;
    return {
      memoryBytes: course.vitals.reduce((most, { rss }) => Math.max(most, rss), 0),
      ...(startMs !== undefined && { startMs }),
      ...(modelMs !== undefined && { modelMs }),
    };
  };

  const finishCommit = async () => {
    const { state, candidate } = store.current;
    if (state !== 'committing' || !candidate) return;
    const { release, slot, estimate } = candidate;
    const newest = await raise(slot);
    await incoming.keepOnly(new Set()).catch(() => undefined);
    const text = `${called(release)} holds${costWords(estimate, taken())}`;
    parts.tell({ kind: 'deployed', release, text });
    await store.settle((was) => {
      const { candidate: _, problem: __, ...rest } = was;
      const before = otherSlot(slot);
      // A slot that was repaired by way of the other one is nothing to go back to.
      const state = isSame(was.slots[before]?.release, release) ? withoutSlot(rest, before) : rest;
      return {
        ...{ ...state, ...(newest && { newest }), state: 'idle', active: slot, failures: 0 },
        slots: { ...state.slots, [slot]: { ...was.slots[slot], release, proven: true, failed: false } },
      };
    });
  };

  /** What is written beside the state of a bundle that has held: what is left to go by where that is damaged. */
  const raise = async (slot: Slot): Promise<Floor | undefined> => {
    const { newest, slots: records } = store.current;
    const record = records[slot];
    if (!record) return newest;
    const raised = floorAfter(newest, { ...record.release, ...(record.keys && { keys: record.keys }) });
    await store.keepFloor(raised).catch(() => undefined);
    await slots.markProven(slot, record.release).catch(() => undefined);
    return raised;
  };

  const judgeNew = async (elapsed: number) => {
    const { candidate } = store.current;
    if (!candidate) return;
    const { healthy, reasons } = judgeHealth(course.vitals, candidate.before);
    parts.progress({ text: 'it runs, and is watched', share: Math.min(1, elapsed / probation) });
    if (!healthy) {
      await leaving.goBack(errors.BUNDLE_UNHEALTHY({ ...candidate.release, reasons }));
      if (store.current.state === 'rolling-back') flow.restart();
    } else if (elapsed >= probation && !isUnchecked(course.vitals)) {
      await store.settle((was) => (was.state === 'probation' ? { ...was, state: 'committing' } : was));
      await finishCommit();
    }
  };

  /** What runs has been up for as long as a new one is watched: it is good, whatever was before. */
  const hold = async () => {
    const { active, slots: records, failures } = store.current;
    const record = active && records[active];
    if (!record || (failures === 0 && record.proven && !record.failed)) return;
    if (!judgeHealth(course.vitals).healthy || (!record.proven && isUnchecked(course.vitals))) return;
    const { release, proven } = record;
    const newest = proven ? store.current.newest : await raise(active);
    // It was said of it that it does not work.
    if (!proven) parts.tell({ kind: 'deployed', release, text: `${called(release)} holds after all` });
    await store.settle((was) => ({
      ...{ ...(proven ? was : withoutProblem(was)), failures: 0, ...(newest && { newest }) },
      slots: { ...was.slots, [active]: { ...record, proven: true, failed: false } },
    }));
  };

  const judge = async () => {
    const elapsed = upSince === undefined ? 0 : clock.monotonic() - upSince;
    const { state } = store.current;
    if (state === 'probation') await judgeNew(elapsed);
    else if (state === 'idle' && elapsed >= probation) await hold();
  };

  return {
    begin() {
      course = createCourse();
      begunAt = clock.monotonic();
      upSince = startMs = undefined;
    },
    up() {
      upSince = clock.monotonic();
      startMs = upSince - begunAt;
    },
    down: () => void (upSince = undefined),
    beat(vitals) {
      if (upSince === undefined) return;
      course.add(vitals);
      decision ??= judge()
        .catch(() => undefined)
        .finally(() => (decision = undefined));
    },
    measure: () => measureOf(course.vitals),
    finishCommit,
    settled: async () => await decision,
  };
}
