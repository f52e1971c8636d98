import { missingBetween } from './estimate-rate.ts';
import { createSampleQueue } from './sample-queue.ts';
import type { Pace, Stage } from './stage.ts';

interface ResampleOptions {
  readonly next: Stage;
  /** Of the source. */
  readonly pace: Pace;
  /** Hz that the samples passed on have. */
  readonly rate: number;
  /** Values a sample. */
  readonly width: number;
}

/** Cut-off as a share of the new rate. Half of it is the Nyquist frequency; the kernel's slope must fit below. */
const CUT_OFF = 0.4;
/** Zero crossings of the sinc on each side: 44 dB below 0.48 of the new rate. */
const CROSSINGS = 8;

/** New samples on each side that one is made of: it comes so much later. */
export const DELAY = CROSSINGS / (2 * CUT_OFF);

/** Points of the kernel that are kept; between them it is taken for straight, which errs by less than 1e-5. */
const POINTS = 2048;
const kernel = Float64Array.from({ length: POINTS + 2 }, (_, point) => {
  const share = Math.min(point / POINTS, 1);
  const phase = Math.PI * CROSSINGS * share;
  const sinc = phase === 0 ? 1 : Math.sin(phase) / phase;
  return sinc * (0.5 + 0.5 * Math.cos(Math.PI * share));
});

/** @param share of the kernel's reach, 0 to 1 */
function weightAt(share: number): number {
  const place = share * POINTS;
  const point = Math.floor(place);
  const [before, after] = [kernel[point] as number, kernel[point + 1] as number];
  return before + (place - point) * (after - before);
}

/**
 * Resamples to a rate below the source's: what is too fast for the new rate is filtered out first, by a sinc under a Hann
 * window, weighed by the time from sample to sample, so that a source need not be even. The first instant of the grid is
 * the first with samples on both sides; nothing is made up before it, behind the newest sample, or across a gap.
 *
 * @see Smith, Digital Audio Resampling Home Page (windowed-sinc interpolation)
 */
export function resampleDown({ next, pace, rate, width }: ResampleOptions): Stage {
  const period = 1000 / rate;
  const reach = DELAY * period;
  const queue = createSampleQueue(width);
  const between = new Float64Array(width);
  let begun = NaN;
  let instant = 0;
  let missing = 0;
  let last = NaN;
  // Where samples are missing, and how many: told with the first new sample behind.
  let hole = NaN;

  const emit = (at: number, origin: unknown) => {
    between.fill(0);
    let sum = 0;
    for (let index = 0; index < queue.size; index++) {
      const time = queue.time(index);
      if (time >= at + reach) break;
      if (time <= at - reach) continue;
      const earlier = index > 0 ? queue.time(index - 1) : time;
      const later = index + 1 < queue.size ? queue.time(index + 1) : time;
      const w = weightAt(Math.abs(time - at) / reach) * (later - earlier);
      sum += w;
      for (let channel = 0; channel < width; channel++) {
        between[channel] = (between[channel] as number) + w * queue.value(index, channel);
      }
    }
    for (let channel = 0; channel < width; channel++) between[channel] = (between[channel] as number) / sum;
    const told = missing > 0 && at >= hole ? missing : 0;
    if (told > 0) missing = 0;
    next.push(between, at, told, origin);
  };

  const forget = (before: number) => {
    // One more than is weighed: the first one's share of time begins there.
    let gone = 0;
    while (gone + 1 < queue.size && queue.time(gone + 1) <= before) gone++;
    if (gone > 0) queue.drop(gone);
  };

  return {
    push(values, time, leftOut, origin) {
      if (Number.isNaN(begun)) {
        begun = time + reach;
        instant = 0;
      } else if (!Number.isNaN(last)) {
        const lacking = Math.max(leftOut, pace.rate === undefined ? 0 : missingBetween(time - last, pace.rate));
        if (lacking > 0) {
          missing += lacking;
          hole = time;
        }
      }
      last = time;
      queue.push(values, time, leftOut);
      for (let at = begun + instant * period; at + reach < time; at = begun + ++instant * period) {
        emit(at, origin);
        forget(at + period - reach);
      }
    },
    restart() {
      queue.clear();
      begun = last = NaN;
      missing = 0;
      next.restart();
    },
    gap(_samples, resumes) {
      if (Number.isNaN(begun)) return;
      const resumed = Math.ceil((resumes + reach - begun) / period);
      next.gap(Math.max(0, resumed - instant), resumes);
      instant = Math.max(instant, resumed);
      queue.clear();
      last = NaN;
      missing = 0;
    },
  };
}
