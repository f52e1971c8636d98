import type { SensorFault } from '../../messages/index.ts';
import { createAbsent } from './absent.ts';
import { createBeyond } from './beyond.ts';
import { channelOf, showsPlace } from './channels.ts';
import { createHabits, type Habits } from './habits.ts';
import { createRhythm } from './rhythm.ts';
import { readSaved, writeSaved } from './saved.ts';
import { createSpikes } from './spike.ts';
import { createStill } from './still.ts';
import type { Fault, FaultsSeen, FaultWatch, FaultWatchOptions } from './types.ts';
import { wordsOf } from './words.ts';

/** Rows of the stream after which what it was seen to do counts: beside a reference, and without one. */
const BESIDE = 512;
const ALONE = 2000;
/** So many rows of the stream are learned from: what comes later may be drift. */
const MOST_BESIDE = 2 * BESIDE;
const MOST_ALONE = 32 * ALONE;
/** Until then a value may stand still so many times as long as the reference says: its rows may lie further apart. */
const CAUTION = 4;
/** ms: standing still for less is no fault, however fast the stream. */
const SHORTEST_STILL = 1000;
/** What the stream shows may widen what the reference allows no further. */
const WIDEN = 16;
const WIDEN_STEP = 2;
/** Rows for which the other features of a channel must stand still too, when one of them is found stuck. */
const TOO = 3;

const NOTHING: readonly never[] = [];

/**
 * Tells broken sensors from drift: values that stand still, are missing, leap and come back, or cannot be, and times that
 * stop or leap. What is usual is learned from the reference and from the stream itself, a column at a time and in memory
 * that does not grow; what it saw of a fault it does not learn from.
 *
 * A fault of one sensor has one name: the channel's, where all features that were made of the channel show it.
 *
 * @example
 * const watch = createFaultWatch({ names: ['temperature'], units: { temperature: '°C' } });
 * watch.push([21.5], Date.now()).unfit; // []
 */
export function createFaultWatch(options: FaultWatchOptions): FaultWatch {
  const { names, reference, units = {}, expected = {} } = options;
  const columns = names.length;
  const channelNames = [...new Set(names.map(channelOf))];
  const channels = names.map((name) => channelNames.indexOf(channelOf(name)));
  const places = names.map(showsPlace);
  const members = channelNames.map((_, channel) => names.flatMap((__, c) => (channels[c] === channel ? [c] : [])));

  const still = createStill(columns);
  const absent = createAbsent(columns);
  const beyond = createBeyond(columns);
  const spikes = createSpikes(columns, channels);
  const rhythm = createRhythm();
  /** Rows of the stream that were learned from, and after how many what was learned is looked at. */
  const progress = new Float64Array([0, reference ? BESIDE : ALONE]);
  const known = reference && names.map((name) => habitsIn(reference.rows, reference.names.indexOf(name)));
  let habits: Habits[] = names.map(() => createHabits());
  const state = [...still.state, ...absent.state, ...beyond.state, ...spikes.state, ...rhythm.state, progress];

  for (const [c, name] of names.entries()) {
    const range = expected[name] ?? (places[c] ? expected[channelOf(name)] : undefined);
    beyond.expect(c, range, places[c] ? (units[name] ?? units[channelOf(name)]) : undefined);
  }

  /** Takes what is known of the columns as the measure of what is healthy. */
  const settle = (settled: boolean) => {
    for (let c = 0; c < columns; c++) {
      const [before, now] = [known?.[c], habits[c] as Habits];
      const from = before ?? now;
      if (!before && !settled) continue;
      const [limit, { usual, limit: step }] = [from.stillLimit(), from.steps()];
      const range = from.max - from.min;
      if (places[c]) beyond.learn(c, from.min, from.max);
      absent.allow(c, Math.max(before?.longestGap ?? 0, settled ? now.longestGap : 0));
      if (!settled) {
        still.limits[c] = CAUTION * limit;
        spikes.allow(c, Math.max(usual, range), Math.max(step, range));
        continue;
      }
      const own = before ? now.stillLimit() : Infinity;
      const longest = own < Infinity ? Math.max(limit, Math.min(own, WIDEN * limit)) : limit;
      still.limits[c] = Math.max(longest, Math.ceil(SHORTEST_STILL / Math.max(1, rhythm.every)));
      const { usual: ownUsual, limit: ownStep } = now.steps();
      const widened = ownStep < Infinity ? Math.max(step, Math.min(ownStep, WIDEN_STEP * range)) : step;
      spikes.allow(c, Math.min(ownUsual < Infinity ? Math.max(usual, ownUsual) : usual, widened / 2), widened);
    }
  };
  settle(false);

  const saved = readSaved(options.saved, { names, reference }, state);
  if (saved) {
    habits = names.map((_, c) => createHabits(saved.habits[c]));
    spikes.restored();
    rhythm.resume();
  }

  let on: readonly Fault[] = saved?.on ?? NOTHING;
  /** Whether a column is at fault, as of when that last changed. */
  let faulty = false;
  const look = () => {
    faulty = [still.stuck, absent.absent, beyond.beyond, spikes.spiking].some((flags) => flags.includes(1));
  };
  look();

  /** When one feature of a channel stands still, it is asked of all the others. */
  const stillTogether = () => {
    for (const group of members) {
      if (!group.some((c) => still.stuck[c] === 1)) continue;
      const others = group.filter((c) => still.stuck[c] === 0 && (still.limits[c] as number) < Infinity);
      if (others.some((c) => (still.runs[c] as number) < TOO && absent.gaps[c] === 0)) continue;
      for (const c of others) still.stuck[c] = 1;
    }
    for (let c = 0; c < columns; c++) if (still.stuck[c] === 1) (habits[c] as Habits).discard();
  };

  const fault = (kind: SensorFault, name: string, column: number, since: number, now: number): Fault => {
    const shown = column >= 0 && places[column] ? (still.last[column] as number) : undefined;
    const unit = units[names[column] ?? ''] ?? units[name] ?? '';
    const seconds = Math.max(0, now - since) / 1000;
    const every = rhythm.every / 1000;
    switch (kind) {
      case 'stuck': {
        const threshold = ((still.limits[column] as number) - 1) * every;
        const words = wordsOf({ fault: kind, name, unit, shows: shown, extent: 1000 * seconds });
        return { name, fault: kind, since, value: seconds, threshold, words };
      }
      case 'dropout': {
        const threshold = ((absent.limits[column] as number) - 1) * every;
        const words = wordsOf({ fault: kind, name, unit, extent: 1000 * seconds });
        return { name, fault: kind, since, value: seconds, threshold, words };
      }
      case 'spike': {
        const value = spikes.value[column] as number;
        const words = wordsOf({ fault: kind, name, unit, extent: value });
        return { name, fault: kind, since, value: Math.abs(value), threshold: spikes.limits[column] as number, words };
      }
      default: {
        const value = beyond.shown[column] as number;
        const words = wordsOf({ fault: kind, name, unit, shows: value, extent: 0 });
        return { name, fault: kind, since, value, threshold: beyond.limitNear(column, value), words };
      }
    }
  };

  /** One fault a channel, the one that says most; and what is wrong with the stream. */
  const present = (now: number): Fault[] => {
    const found: Fault[] = [];
    const { dropout, jump } = rhythm;
    if (dropout) {
      const words = wordsOf({ fault: 'dropout', name: '', unit: '', extent: dropout.value });
      const [value, threshold] = [dropout.value / 1000, dropout.limit / 1000];
      found.push({ name: '', fault: 'dropout', since: dropout.since, value, threshold, words });
    }
    if (jump) {
      const words = wordsOf({ fault: 'clock jump', name: '', unit: '', extent: jump.value });
      found.push({ name: '', fault: 'clock jump', since: jump.since, value: jump.value, threshold: jump.limit, words });
    }
    for (const [channel, group] of members.entries()) {
      const name = channelNames[channel] as string;
      const first = (flags: Uint8Array) =>
        group.find((c) => flags[c] === 1 && places[c]) ?? group.find((c) => flags[c] === 1);
      const earliest = (flags: Uint8Array, since: Float64Array) =>
        Math.min(...group.filter((c) => flags[c] === 1).map((c) => since[c] as number));
      const out = first(beyond.beyond);
      const stuck = first(still.stuck);
      const gone = first(absent.absent);
      const spike = first(spikes.spiking);
      if (out !== undefined) {
        found.push(fault('out of range', name, out, earliest(beyond.beyond, beyond.since), now));
      } else if (stuck !== undefined) {
        const able = (c: number) => (still.limits[c] as number) < Infinity && absent.gaps[c] === 0;
        const all = group.every((c) => still.stuck[c] === 1 || !able(c));
        if (all) found.push(fault('stuck', name, stuck, latestOf(group, still), now));
        else {
          for (const c of group) {
            if (still.stuck[c] === 1) found.push(fault('stuck', names[c] as string, c, still.since[c] as number, now));
          }
        }
      } else if (gone !== undefined) {
        if (group.every((c) => absent.absent[c] === 1)) {
          found.push(fault('dropout', name, gone, earliest(absent.absent, absent.since), now));
        } else {
          for (const c of group) {
            if (absent.absent[c] !== 1) continue;
            found.push(fault('dropout', names[c] as string, c, absent.since[c] as number, now));
          }
        }
      } else if (spike !== undefined) {
        const furthest = group
          .filter((c) => spikes.spiking[c] === 1)
          .reduce((a, b) =>
            Math.abs(spikes.value[b] as number) / (spikes.limits[b] as number) >
            Math.abs(spikes.value[a] as number) / (spikes.limits[a] as number)
              ? b
              : a,
          );
        found.push(fault('spike', name, places[spike] ? spike : furthest, earliest(spikes.spiking, spikes.since), now));
      }
    }
    return found;
  };

  const tell = (time: number, unfit: readonly number[]): FaultsSeen => {
    const now = present(time);
    const isIn = (list: readonly Fault[]) => (one: Fault) =>
      list.some(({ name, fault: kind }) => name === one.name && kind === one.fault);
    const begun = now.filter((one) => !isIn(on)(one));
    const ended = on.filter((one) => !isIn(now)(one));
    // What is on keeps the moment at which it was first told to have begun.
    on = now.map((one) => {
      const before = on.find(({ name, fault: kind }) => name === one.name && kind === one.fault);
      return before ? { ...one, since: before.since } : one;
    });
    return { begun, ended, on, unfit, time };
  };

  const unfitOf = (row: ArrayLike<number>): readonly number[] => {
    const unfit: number[] = [];
    for (const group of members) {
      const allStill = group.every((c) => still.stuck[c] === 1 || (still.limits[c] as number) === Infinity);
      // What a broken sensor shows in one feature, it has put into the others.
      const isBroken = group.some(
        (c) =>
          beyond.beyond[c] === 1 ||
          beyond.impossible(c, row[c] as number) ||
          (spikes.out[c] as number) > 0 ||
          (still.stuck[c] === 1 ? allStill : still.isSuspect(c)),
      );
      for (const c of group) {
        if ((isBroken || still.stuck[c] === 1) && !Number.isNaN(row[c])) unfit.push(c);
      }
    }
    return unfit.length === 0 ? NOTHING : unfit;
  };

  /** Learns from a row without faults, until enough is known. */
  const learn = (row: ArrayLike<number>, unfit: readonly number[]) => {
    const rows = progress[0] as number;
    if (rows >= (reference ? MOST_BESIDE : MOST_ALONE)) return;
    for (let c = 0; c < columns; c++) {
      if (unfit.length === 0 || !unfit.includes(c)) (habits[c] as Habits).take(row[c] as number);
    }
    progress[0] = rows + 1;
    if (rows + 1 < (progress[1] as number)) return;
    progress[1] = 2 * (progress[1] as number);
    settle(true);
  };

  return {
    push(row, given, missing = 0, arrived) {
      const time = rhythm.push(given, missing, arrived);
      // Not one after the other with ||: each must see every row.
      const a = absent.push(row, time);
      const b = still.push(row, time);
      if (b) stillTogether();
      const c = spikes.push(row, time);
      const d = beyond.push(row, time, still, spikes.leapt);
      if (d) still.release(beyond.beyond);
      if (a || b || c || d) look();
      const isBusy = faulty || spikes.busy || beyond.busy || still.suspected;
      const unfit = isBusy ? unfitOf(row) : NOTHING;
      learn(row, unfit);
      if (faulty || rhythm.disturbed || on.length > 0) return tell(time, unfit);
      return { begun: NOTHING, ended: NOTHING, on, unfit, time };
    },
    silent(arrived) {
      rhythm.silent(arrived);
      return tell(rhythm.now, NOTHING);
    },
    get silentFrom() {
      return rhythm.silentFrom;
    },
    save: () =>
      writeSaved(
        { names, reference },
        state,
        habits.map((each) => each.save()),
        on,
      ),
  };
}

/** A channel stands still since its last feature does. */
const latestOf = (group: readonly number[], still: { since: Float64Array; stuck: Uint8Array }): number =>
  Math.max(...group.filter((c) => still.stuck[c] === 1).map((c) => still.since[c] as number));

function habitsIn(rows: readonly ArrayLike<number>[], column: number): Habits | undefined {
  if (column < 0) return undefined;
  const habits = createHabits();
  for (const row of rows) habits.take(row[column] ?? NaN);
  return habits;
}
