import { defineLimit } from '../../base/index.ts';
import { createChannelHistory } from './channel-history.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';
import { type Intake, isUsable } from './whole-readings.ts';

const joinValues = defineLimit(
  'window_join_values',
  256,
  'Values a channel that wait for those of other channels; a sample whose neighbours are gone is left out',
);

interface JoinOptions {
  readonly channels: readonly string[];
  readonly next: Stage;
  readonly tally: Tally;
  readonly how: 'hold' | 'interpolate';
  /** ms. Held: how old a value may be. Interpolated: how far apart the two neighbours may lie. */
  readonly tolerance: number;
  /** So many late values in a row are no stragglers: the source's clock was set back. */
  readonly patience: number;
  /** The window starts anew; `restart` is called meanwhile. */
  setBack(): void;
}

/**
 * Joins readings that bring a channel each, with a time each, into samples of all channels: one sample for each value of the
 * first channel, at its time. Of the others it takes the last value before (`hold`), which is decided at once, or the value
 * on the line between the neighbours (`interpolate`), for which it waits until they have come, or cannot come in time. A
 * sample that lacks a channel then is left out.
 */
export function joinChannels({ channels, next, tally, how, tolerance, patience, setBack }: JoinOptions): Intake {
  const room = Math.max(2, Math.floor(joinValues.value));
  const names = [...channels];
  const histories = names.map(() => createChannelHistory(room));
  const sample = new Float64Array(names.length);
  // Values of the first channel that wait for the others.
  const waiting: { value: number; time: number; origin: unknown }[] = [];
  let newest = -Infinity;

  const join = (value: number, time: number, origin: unknown) => {
    sample[0] = value;
    for (let channel = 1; channel < names.length; channel++) {
      const history = histories[channel];
      const joined = how === 'hold' ? history?.hold(time, tolerance) : history?.interpolate(time, tolerance);
      if (!isUsable(joined)) return tally.leaveOut('incomplete');
      sample[channel] = joined;
    }
    next.push(sample, time, tally.inRow.incomplete, origin);
  };

  const settle = () => {
    for (let [first] = waiting; first; [first] = waiting) {
      const { time } = first;
      const complete = histories.every(({ newest: last }, channel) => channel === 0 || last >= time);
      if (!complete && newest <= time + tolerance && waiting.length < room) return;
      if (!complete && waiting.length >= room) joinValues.cost();
      waiting.shift();
      join(first.value, time, first.origin);
    }
  };

  const channelOf = (name: string | undefined) => (name === undefined ? -1 : names.indexOf(name));

  /** @returns whether it is one of the channels and a usable value */
  const takeValue = (channel: number, value: unknown, time: number, origin: unknown): boolean => {
    if (channel < 0 || !isUsable(value)) return false;
    if (histories[channel]?.push(value, time) !== true) {
      tally.leaveOut('late');
      if (tally.inRow.late < patience) return true;
      setBack();
      histories[channel]?.push(value, time);
    }
    newest = Math.max(newest, time);
    if (channel === 0) waiting.push({ value, time, origin });
    return true;
  };

  const takeAll = (value: (name: string) => unknown, time: number, origin: unknown): boolean => {
    let some = false;
    // The first channel last: those that come with it are of the same instant.
    for (let channel = names.length - 1; channel >= 0; channel--) {
      const given = value(names[channel] as string);
      if (given !== undefined) some = takeValue(channel, given, time, origin) || some;
    }
    if (how === 'hold')
      for (let first = waiting.shift(); first; first = waiting.shift()) join(first.value, first.time, first.origin);
    else settle();
    return some;
  };

  return {
    take(payload, time, name, origin) {
      if (typeof payload === 'number')
        return takeAll((of) => (of === names[channelOf(name)] ? payload : undefined), time, origin);
      if (typeof payload !== 'object' || payload === null) return false;
      return takeAll((of) => (payload as Record<string, unknown>)[of], time, origin);
    },
    takeFrom: (columns, index, time, _name, origin) => takeAll((of) => columns[of]?.[index], time, origin),
    restart() {
      for (const history of histories) history.clear();
      waiting.length = 0;
      newest = -Infinity;
    },
  };
}
