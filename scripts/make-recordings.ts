/**
 * Makes the recordings that come with Millrace from virtual worlds, as `pins` and `sensor` would read them. Everything is
 * seeded: the same sources give the same bytes.
 *
 *   node scripts/make-recordings.ts [FOLDER OF THE FLOWS]
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Clock, systemClock } from '../runtime/base/index.ts';
import { openRecordings } from '../runtime/datasets/index.ts';
import {
  createWorld,
  readChannels,
  type SceneName,
  STANDARD_CHANNELS,
  type World,
  type WorldChange,
} from '../runtime/devices/index.ts';
import { readAxes } from './make-gesture.ts';
import { readThermometers } from './make-greenhouse.ts';

const RATE = 100;
/** When the recording says that it was made. */
const STARTED = Date.UTC(2026, 0, 1);

/** From which second the pump is how. */
export type Story = readonly { readonly from: number; readonly change: WorldChange }[];

const STORY: Story = [
  { from: 20, change: { bearing: 'worn' } },
  { from: 40, change: { bearing: 'good', inlet: 'blocked' } },
];
const SECONDS = 60;
/** So many samples may wait to be written. */
const AT_ONCE = 20_000;

/** A pump that is well, has a worn bearing from the 20th second, and cavitates from the 40th. */
export const makePumpFaults = (file: string): Promise<void> => recordPump(file, STORY, SECONDS);

/** A pump that is well, and has a worn bearing from the 10th second: for the test of the pump flow. */
export const makeWornBearing = (file: string): Promise<void> =>
  recordPump(file, [{ from: 10, change: { bearing: 'worn' } }], 20);

/** A thermometer that is stuck, well again, wild, and well again: for the test of the drift flow. */
export const makeThermometer = (file: string): Promise<void> =>
  recordPump(
    file,
    [
      { from: 20, change: { temperatureSensor: 'stuck' } },
      { from: 30, change: { temperatureSensor: 'good' } },
      { from: 40, change: { temperatureSensor: 'spike' } },
      { from: 50, change: { temperatureSensor: 'good' } },
    ],
    55,
  );

/** Records the virtual pump for so many seconds as Parquet. */
export const recordPump = (file: string, story: Story, seconds: number): Promise<void> =>
  record(file, {
    ...{ scene: 'pump', rate: RATE, seconds, story, topic: 'pins' },
    read: (world, at) => {
      const values = readChannels(world, STANDARD_CHANNELS, at);
      return Object.fromEntries(STANDARD_CHANNELS.map(({ name }, index) => [name, values[index] ?? NaN]));
    },
  });

/** Nobody touches window and heater: a mild morning, the hottest weather from the 40th second, frost from the 160th. */
const WEATHER: Omit<Recorded, 'topic' | 'read'> = {
  ...{ scene: 'greenhouse', rate: 1, seconds: 300 },
  story: [
    { from: 40, change: { outside: 30, sun: 100 } },
    { from: 160, change: { outside: -10, sun: 0 } },
  ],
};

/** What the three sources of the greenhouse flow say of one and the same weather. */
export const makeThermometers = (file: string): Promise<void> =>
  record(file, { ...WEATHER, topic: 'thermometers', read: readThermometers });
export const makeHumidity = (file: string): Promise<void> =>
  record(file, { ...WEATHER, topic: 'humidity', read: (world, at) => world.read(at).quantities.humidity ?? NaN });
export const makeLight = (file: string): Promise<void> =>
  record(file, { ...WEATHER, topic: 'light', read: (world, at) => world.read(at).quantities.light ?? NaN });

/** A wrist that is still, and does something else every ten seconds. */
export const makeGestures = (file: string): Promise<void> =>
  record(file, {
    ...{ scene: 'wrist', rate: 50, seconds: 50, topic: 'wrist', read: readAxes },
    story: ['wave', 'shake', 'circle', 'knock'].map((gesture, index) => ({
      from: 10 * (index + 1),
      change: { gesture },
    })),
  });

interface Recorded {
  readonly scene: SceneName;
  /** Readings a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly story: readonly { readonly from: number; readonly change: object }[];
  readonly topic: string;
  readonly read: (world: World, at: number) => number | Readonly<Record<string, number>>;
}

async function record(file: string, { scene, rate, seconds, story, topic, read }: Recorded): Promise<void> {
  const name = basename(file, '.parquet');
  const directory = await mkdtemp(join(tmpdir(), 'millrace-recordings-'));
  const clock: Clock = { ...systemClock, now: () => STARTED };
  const recordings = openRecordings({ directory, clock });
  try {
    const recorder = await recordings.record({
      ...{ name, format: 'parquet', maxBytes: 1e9, maxFiles: 1, source: 'scripts/make-recordings.ts' },
    });
    const world = createWorld({ scene, seed: 1 });
    for (let sample = 0; sample < seconds * rate; sample++) {
      const at = (sample * 1000) / rate;
      for (const { from, change } of story) if (at === from * 1000) world.set(change);
      recorder.write({ payload: read(world, at), time: STARTED + at, topic, source: `virtual ${scene}` }, at);
      if (sample % AT_ONCE === AT_ONCE - 1) await recorder.flush();
    }
    await recorder.close();
    const [entry] = await recordings.list();
    const [made = ''] = (await recordings.open(entry?.name ?? '')).files;
    await cp(made, file);
  } finally {
    await recordings.close();
    await rm(directory, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const flows = process.argv[2] ?? join(import.meta.dirname, '../flows');
  const made = {
    'pump/recordings/pump-faults.parquet': makePumpFaults,
    'pump/tests/worn-bearing.parquet': makeWornBearing,
    'drift/tests/thermometer.parquet': makeThermometer,
    'greenhouse/tests/thermometers.parquet': makeThermometers,
    'greenhouse/tests/humidity.parquet': makeHumidity,
    'greenhouse/tests/light.parquet': makeLight,
    'gesture/tests/gestures.parquet': makeGestures,
  };
  const files = Object.keys(made).map((file) => join(flows, file));
  for (const [index, make] of Object.values(made).entries()) {
    const file = files[index] as string;
    await mkdir(dirname(file), { recursive: true });
    await make(file);
  }
  console.log(files.join('\n'));
}
