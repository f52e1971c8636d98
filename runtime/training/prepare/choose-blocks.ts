import { z } from 'zod';
import type { WindowPayload } from '../../messages/index.ts';
import { type Block, STANDARD_BLOCKS } from '../../signal/index.ts';
import { block } from '../../signal/schema.ts';
import { errors } from '../errors.ts';

/** Samples a second from which a signal can be a vibration. */
const FAST = 10;
/** Samples in a window below which bands hold too few frequencies. */
const LONG = 32;
/** Share of samples at which a vibration changes its side. */
const RESTLESS = 0.05;
/** Bands that grow towards the top, where there is less to tell apart: parts of the rate. */
const PARTS = [32, 16, 8, 4, 2];

/**
 * Blocks that suit the windows: of a slow signal where it stands and how it moves, of a vibration also at which frequencies.
 *
 * @param some a few of the windows
 */
export function chooseBlocks(some: readonly WindowPayload[]): readonly Block[] {
  const [first] = some;
  if (!first || first.rate < FAST || first.shape[0] < LONG || restlessness(some) < RESTLESS) return STANDARD_BLOCKS;
  const edges = [0, ...PARTS.map((part) => tidy(first.rate / part))];
  return [
    ...STANDARD_BLOCKS,
    { type: 'bands', channels: [], edges },
    { type: 'zero-crossings', channels: [], detrend: 'constant', deadBand: 0 },
  ];
}

/**
 * The blocks that a person chose. One without channels is for all of them.
 *
 * @throws BLOCKS_INVALID
 */
export function readBlocks(given: readonly unknown[], channels: readonly string[]): readonly Block[] {
  return given.map((each, at) => {
    const own = { ...(each as Record<string, unknown>) };
    const named = Array.isArray(own['channels']) && own['channels'].length > 0;
    const result = block.safeParse(named ? own : { ...own, channels: [...channels] });
    if (result.success) return result.data;
    throw errors.BLOCKS_INVALID({ block: at + 1, problem: z.prettifyError(result.error).split('\n')[0] ?? '' });
  });
}

/** Of the channel that changes its side most often: at which share of the samples it does. */
function restlessness(windows: readonly WindowPayload[]): number {
  const channels = windows[0]?.channels.length ?? 0;
  let most = 0;
  for (let channel = 0; channel < channels; channel++) {
    let crossings = 0;
    let samples = 0;
    for (const { data, shape } of windows) {
      const [length] = shape;
      let sum = 0;
      for (let at = 0; at < length; at++) sum += data[at * channels + channel] as number;
      const mean = sum / length;
      for (let at = 1; at < length; at++) {
        const [before, now] = [data[(at - 1) * channels + channel] as number, data[at * channels + channel] as number];
        if (before < mean !== now < mean) crossings++;
      }
      samples += length;
    }
    most = Math.max(most, samples === 0 ? 0 : crossings / samples);
  }
  return most;
}

/** Rounded down to two digits. */
function tidy(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / unit + 1e-9) * unit).toPrecision(2));
}
