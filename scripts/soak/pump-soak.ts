/**
 * A pump that is watched for days of virtual time: one day to learn from, one day without anything wrong, and then one fault
 * after the other. What the drift node's watch says of it is written down.
 */
import {
  createWorld,
  readChannels,
  STANDARD_CHANNELS,
  WELL_PUMP,
  type WorldChange,
} from '../../runtime/devices/index.ts';
import type { Clock } from '../../runtime/base/index.ts';
import type { DriftPayload } from '../../runtime/messages/index.ts';
import { createWindow, prepareRecipe, type Recipe } from '../../runtime/signal/index.ts';
import { createVirtualClock } from './virtual-clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGUN = Date.UTC(2026, 5, 1, 15);

export interface SoakOptions {
  readonly seed: number;
  /** What the windows are made of: its rate is that at which the pump is read. */
  readonly recipe: Recipe;
  /** ms from the beginning of one window to that of the next; the pump is not read between them. */
  readonly every: number;
  /** ms that each fault lasts, and that the pump is well for afterwards. */
  readonly broken: number;
  readonly mended: number;
  /** What watches: is given the clock, and to whom it shall tell events. */
  readonly watched: (clock: Clock, heard: (event: DriftPayload) => void) => Promise<Watched>;
  readonly progress?: (words: string) => void;
}

export interface Watched {
  /** One message as `features` would send it; resolves when everything that it leads to has been told. */
  take(message: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

/** What happened while the pump was in one state. */
export interface SoakChapter {
  readonly change: WorldChange;
  /** When it began, ms since the beginning; so is each event's `at`. */
  readonly from: number;
  readonly events: readonly { readonly at: number; readonly payload: DriftPayload }[];
}

/** Everything that can go wrong with the pump, one after the other. */
export const FAULTS: readonly WorldChange[] = [
  { temperatureSensor: 'stuck' },
  { temperatureSensor: 'dropout' },
  { temperatureSensor: 'spike' },
  { temperatureSensor: 'out of range' },
  { clock: 'jumping' },
  { bearing: 'worn' },
  { inlet: 'blocked' },
  { temperatureSensor: 'drifting' },
];

/** @returns what was said while it learned, on the healthy day, and during each fault and the time after it */
export async function soakPump(options: SoakOptions): Promise<readonly SoakChapter[]> {
  const { seed, every, broken, mended, progress = () => undefined } = options;
  const recipe = prepareRecipe(options.recipe);
  const { rate, length } = recipe.recipe;
  const step = 1000 / rate;
  const world = createWorld({ scene: 'pump', seed });
  world.set({ season: 'daily' });
  const clock = createVirtualClock(BEGUN);
  const window = createWindow({ ...recipe.recipe, stride: recipe.recipe.length });
  const chapters: { change: WorldChange; from: number; events: { at: number; payload: DriftPayload }[] }[] = [];
  let elapsed = 0;
  let missing = 0;
  let begins = 0;

  const watched = await options.watched(clock, (payload) => {
    chapters.at(-1)?.events.push({ at: elapsed, payload });
    progress(`${hours(elapsed)} ${payload.kind} ${payload.state}: ${payload.words ?? ''}`);
  });

  const run = async (change: WorldChange, ms: number) => {
    chapters.push({ change, from: elapsed, events: [] });
    world.set(change);
    progress(`${hours(elapsed)} ${JSON.stringify(change)}`);
    const end = elapsed + ms;
    while (elapsed < end) {
      for (let sample = 0; sample < length; sample++) {
        const at = begins + sample * step;
        const { clockOff } = world.read(at);
        const values = readChannels(world, STANDARD_CHANNELS, at);
        if (values.some(Number.isNaN)) {
          missing++;
          continue;
        }
        const payload = Object.fromEntries(STANDARD_CHANNELS.map(({ name }, index) => [name, values[index] ?? NaN]));
        const full = window.push({ payload, time: BEGUN + at + clockOff, ...(missing > 0 && { missing }) });
        missing = 0;
        if (!full) continue;
        elapsed = at;
        clock.goTo(at);
        const row = recipe.run(full.payload);
        const features = Object.fromEntries(recipe.featureNames.map((name, index) => [name, row[index] ?? NaN]));
        await watched.take({ payload: features, time: BEGUN + at + clockOff, topic: 'pump' });
      }
      begins += every;
      elapsed = begins;
      clock.goTo(begins);
    }
  };

  await run({}, DAY);
  await run({}, DAY);
  for (const fault of FAULTS) {
    await run(fault, broken);
    await run({ ...WELL_PUMP, clock: 'right' }, mended);
  }
  await watched.close();
  return chapters;
}

export const hours = (ms: number): string => `${(ms / HOUR).toFixed(2)} h`;
