import { cutByCount, type CutParts } from './cut-by-count.ts';
import { cutByTime } from './cut-by-time.ts';
import { cutOnTrigger } from './cut-on-trigger.ts';
import { gapRule } from './gap-rule.ts';
import { joinChannels } from './join-channels.ts';
import { learnRate } from './learn-rate.ts';
import { inOrder } from './order.ts';
import { reorder } from './reorder.ts';
import { resample } from './resample.ts';
import type { Window, WindowSettings } from './settings.ts';
import type { Cutter, Pace, Stage } from './stage.ts';
import type { Tally } from './tally.ts';
import { type Intake, wholeReadings } from './whole-readings.ts';
import { windowLength } from './window-length.ts';

/** Every rule of one window, for channels that are known. */
export interface Rules {
  readonly intake: Intake;
  readonly held: number;
  trigger(time: number): void;
}

interface RuleParts {
  readonly channels: readonly string[];
  readonly tally: Tally;
  readonly patience: number;
  emit(window: Window): void;
}

/** From the last rule to the first. */
export function composeRules(settings: WindowSettings, { channels, tally, patience, emit }: RuleParts): Rules {
  const { align, rate, tolerance } = settings;
  const width = channels.length;
  const resampled = settings.resample > 0;
  const pace: Pace = { rate: rate > 0 ? rate : undefined };
  const cutter = cut(settings, {
    channels,
    rate: resampled ? settings.resample : rate,
    pace: resampled ? { rate: settings.resample } : pace,
    tally,
    emit,
  });

  let next: Stage = cutter;
  if (resampled) next = resample({ next, pace, rate: settings.resample, width });
  if (resampled || settings.onGap !== 'mark') {
    const then = settings.onGap === 'drop' ? 'drop' : 'restart';
    next = gapRule({ next, tally, pace, longest: settings.maxGap, then });
  }
  if (resampled && rate === 0) next = learnRate(next, pace, width);
  const order = inOrder({
    ...{ next: forgetRate(next, pace, rate), tally, pace, patience },
    halfWindow: halfWindow(settings),
    setBack: () => {
      intake.restart();
      late?.restart();
    },
  });
  const late =
    settings.reorder > 0 ? reorder({ next: order, tally, milliseconds: settings.reorder, width }) : undefined;
  const first = late ?? order;
  const intake: Intake =
    align === 'none'
      ? wholeReadings(channels, first, tally)
      : joinChannels({
          ...{ channels, next: first, tally, how: align, tolerance, patience },
          setBack: () => {
            intake.restart();
            late?.restart();
            order.restart();
          },
        });

  return {
    intake,
    get held() {
      return cutter.held;
    },
    trigger: (time) => cutter.trigger?.(time),
  };
}

function cut(settings: WindowSettings, parts: CutParts): Cutter {
  const { length, stride, seconds, every, resample: rate } = settings;
  switch (settings.cut) {
    case 'count':
      return cutByCount(length, stride, parts);
    case 'trigger':
      return cutOnTrigger(settings as Required<WindowSettings>, parts);
    case 'time':
      // Of even samples, time is a number of them.
      if (rate > 0) return cutByCount(windowLength(settings), Math.max(1, Math.round(every * rate)), parts);
      return cutByTime(seconds * 1000, every * 1000, parts);
  }
}

/** In samples of a source of this rate. */
function halfWindow(settings: WindowSettings): (rate: number) => number {
  const { cut, seconds, resample: wanted } = settings;
  if (cut === 'time') return (rate) => (seconds / 2) * rate;
  const length = windowLength(settings);
  return wanted > 0 ? (rate) => (length / 2) * (rate / wanted) : () => length / 2;
}

/** An estimate from a burst would take every sample after it for the end of a silence: a new start estimates anew. */
function forgetRate(next: Stage, pace: Pace, stated: number): Stage {
  if (stated > 0) return next;
  const { restart } = next;
  return {
    ...{ push: next.push, gap: next.gap },
    restart() {
      pace.rate = undefined;
      restart();
    },
  };
}
