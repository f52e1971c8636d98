import type { WindowPayload } from '../../messages/index.ts';
import type { PreparedBlock } from '../blocks/block.ts';
import { prepareStream } from '../blocks/stream.ts';
import { errors } from '../errors.ts';
import { parseWindow } from '../parse-window.ts';
import { createSteps, type Steps } from '../step.ts';
import { channelFilters } from './channel-filter.ts';
import type { StreamFilterSettings } from './settings.ts';

/** A filter for windows of one length, rate and set of channels. */
interface Prepared {
  readonly length: number;
  readonly rate: number;
  readonly channels: readonly string[];
  readonly block: PreparedBlock;
  readonly columns: Map<string, Float64Array>;
  steps: Steps;
}

/** An estimated rate differs a little from window to window. */
const RATE_TOLERANCE = 0.1;

/** A window does not say how far it lies from the one before. */
const UNKNOWN = 0;

type Filtered = WindowPayload & { readonly data: Float32Array };

/** Filters each channel of windows: each on its own, or as the continuation of the one before. */
export function filterWindows(settings: StreamFilterSettings): (payload: unknown, gaps?: number) => Filtered {
  let prepared: Prepared | undefined;
  let broken = false;

  const prepare = (window: WindowPayload): Prepared => {
    const [length] = window.shape;
    const channels = settings.channels.length > 0 ? settings.channels : window.channels;
    const missing = channels.filter((channel) => !window.channels.includes(channel));
    if (missing.length > 0) throw errors.WINDOW_CHANNELS_MISSING({ missing, found: window.channels });
    const { rate } = window;
    const block = prepareStream(channels, length, settings.state, channelFilters(settings, rate));
    const columns = new Map(channels.map((channel) => [channel, new Float64Array(length)]));
    return { length, rate, channels, block, columns, steps: createSteps(length, UNKNOWN, channels) };
  };
  const fits = (held: Prepared, { channels, rate, shape }: WindowPayload): boolean =>
    shape[0] === held.length &&
    Math.abs(rate - held.rate) <= RATE_TOLERANCE * held.rate &&
    held.channels.every((channel) => channels.includes(channel)) &&
    (settings.channels.length > 0 || channels.length === held.channels.length);

  return (payload, gaps = 0) => {
    const window = parseWindow(payload);
    if (!prepared || !fits(prepared, window)) prepared = prepare(window);
    const { block, columns } = prepared;
    read(window, columns);
    // A window that something is missing in continues nothing, and nothing continues it.
    if (gaps > 0 || broken) prepared.steps = createSteps(prepared.length, UNKNOWN, prepared.channels);
    broken = gaps > 0;
    const step = prepared.steps.next(window, columns);
    block.run(columns, NO_FEATURES, 0, step);
    return { ...window, data: write(window, columns) };
  };
}

const NO_FEATURES = new Float64Array(0);

/** @throws WINDOW_VALUE_INVALID, before anything has been filtered */
function read({ channels, data }: WindowPayload, columns: ReadonlyMap<string, Float64Array>): void {
  for (const [channel, column] of columns) {
    let at = channels.indexOf(channel);
    for (let sample = 0; sample < column.length; sample++, at += channels.length) {
      const value = data[at] ?? NaN;
      // A filter that is carried on would never be rid of what overflows 32 bits.
      if (!Number.isFinite(Math.fround(value))) throw errors.WINDOW_VALUE_INVALID({ channel, sample, value });
      column[sample] = value;
    }
  }
}

function write(
  { channels, data }: WindowPayload,
  columns: ReadonlyMap<string, Float64Array>,
): Float32Array<ArrayBuffer> {
  const filtered = Float32Array.from(data);
  for (const [channel, column] of columns) {
    let at = channels.indexOf(channel);
    for (let sample = 0; sample < column.length; sample++, at += channels.length)
      filtered[at] = column[sample] as number;
  }
  return filtered;
}
