/**
 * Windows from a stream of readings. This composes the rules, each of which stands in a file of its own: readings become
 * whole samples (or those of several sources are joined), late ones are put in their place, time goes forward, gaps are
 * judged, the rate is made the model's, and the window is cut.
 *
 * The rule for what is missing: a window holds whole samples only. A sample that lacks a channel, or whose value is not
 * finite, is left out; so is one that is not later than the sample before it. Nothing is filled in. `gaps` counts the
 * samples that are missing between a window's first and last: the incomplete ones, and those that never came or came
 * late, told by the time between neighbours. After a silence longer than half a window the window starts anew, because
 * what lies before and after does not belong together; so it does when a whole window's worth of samples in a row had to
 * be left out because the source's clock was set back, or because it now sends other channels.
 */
import { channelsOf } from '../channels.ts';
import { type Batch, isBatch, readBatch } from './batch.ts';
import { checkSettings, checkTrigger } from './check-settings.ts';
import { composeRules, type Rules } from './compose-rules.ts';
import { checkRoom } from './room-for.ts';
import { type Sample, STANDARD, type Window, type WindowAssembler, type WindowSettings } from './settings.ts';
import { createTally } from './tally.ts';
import { windowLength } from './window-length.ts';

/** So many samples in a row decide where the length of a window is not known. */
const PATIENCE = 100;

/**
 * A new assembler. It holds one window of samples, and those that wait for late ones.
 *
 * @throws WINDOW_SETTINGS_INVALID, WINDOW_TOO_LARGE
 */
export function createWindow(given: Partial<WindowSettings> = {}): WindowAssembler {
  const settings = { ...STANDARD, ...given };
  checkSettings(settings);
  const length = windowLength(settings);
  const patience = length || PATIENCE;
  const { align, channels: chosen, rate } = settings;
  checkRoom(Math.max(length, 1), Math.max(chosen.length, 1));

  const tally = createTally();
  const ready: Window[] = [];
  let channels = chosen;
  let rules: Rules | undefined;
  let batch: { readonly sample: Sample; readonly content: Batch; at: number } | undefined;

  const compose = (): Rules => {
    checkRoom(length, channels.length);
    return composeRules(settings, { channels, tally, patience, emit: (window) => ready.push(window) });
  };
  const adopt = (names: readonly string[]) => {
    checkTrigger(settings, names);
    channels = names;
    rules = compose();
  };
  if (chosen.length > 0) rules = compose();

  /** A sample that lacks a channel: where nobody chose the channels, the source may have been given others. */
  const leaveOut = (names: () => readonly string[]): boolean => {
    tally.leaveOut('incomplete');
    if (chosen.length > 0 || tally.inRow.incomplete < patience) return false;
    tally.counts.restarts++;
    tally.inRow.incomplete = tally.inRow.late = 0;
    adopt(names());
    return true;
  };

  const takeReading = ({ payload, time, name, flagged, origin }: Sample) => {
    if (!rules) adopt(channelsOf(payload));
    if (flagged === true) rules?.trigger(time);
    if (rules?.intake.take(payload, time, name, origin) === true) return;
    // What holds no number at all is no gap in the data but a wrong wire.
    const names = channelsOf(payload);
    if (align !== 'none') {
      // A reading of a channel that was not chosen is none of ours.
      if (chosen.some((channel) => names.includes(channel) || channel === name)) tally.leaveOut('incomplete');
      return;
    }
    if (leaveOut(() => names)) rules?.intake.take(payload, time, name, origin);
  };

  const takeBatch = () => {
    while (batch && ready.length === 0) {
      const { sample, content, at } = batch;
      if (at >= content.length) {
        batch = undefined;
        return;
      }
      batch.at++;
      const { columns } = content;
      if (!rules) adopt(Object.keys(columns));
      const time = content.time(at);
      if (!Number.isFinite(time)) tally.leaveOut('untimed');
      else {
        if (sample.flagged === true && at === 0) rules?.trigger(time);
        const take = () => rules?.intake.takeFrom(columns, at, time, sample.name, sample.origin);
        if (take() !== true && leaveOut(() => Object.keys(columns))) take();
      }
    }
  };

  const assembler: WindowAssembler = {
    push(sample) {
      if (batch) finishBatch();
      if (isBatch(sample.payload)) {
        batch = { sample, content: readBatch(sample, rate), at: 0 };
        return assembler.next();
      }
      if (!Number.isFinite(sample.time)) tally.leaveOut('untimed');
      else takeReading(sample);
      return ready.length === 0 ? undefined : ready.shift();
    },
    next() {
      if (ready.length === 0) takeBatch();
      return ready.shift();
    },
    trigger: (time = -Infinity) => rules?.trigger(time),
    get held() {
      return rules?.held ?? 0;
    },
    length,
    get channels() {
      return channels;
    },
    counts: tally.counts,
  };

  /** Somebody who does not ask for further windows must not lose samples. */
  const finishBatch = () => {
    const waiting = ready.splice(0);
    while (batch) {
      takeBatch();
      waiting.push(...ready.splice(0));
    }
    ready.push(...waiting);
  };

  return assembler;
}
