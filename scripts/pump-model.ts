/**
 * Makes model packages from the virtual pump: healthy, worn bearing or cavitation, from one second of vibration and
 * temperature. Everything is seeded: the same sources give the same bytes.
 */
import { createWorld, readChannels, STANDARD_CHANNELS, type WorldChange } from '../runtime/devices/index.ts';
import { REFERENCE_ROWS } from '../runtime/models/package/index.ts';
import { createWindow, type PreparedRecipe, prepareRecipe, type Recipe } from '../runtime/signal/index.ts';
import { ExampleRows, type Examples, type MadeModel, makeExampleModel } from './example-model.ts';

const RATE = 100;
const AXES = ['x', 'y', 'z'];

export const PUMP_RECIPE: Recipe = {
  channels: STANDARD_CHANNELS.map(({ name }) => name),
  rate: RATE,
  length: 100,
  stride: 25,
  blocks: [
    // Without the mean: which way is down says nothing about the pump.
    { type: 'statistics', channels: AXES, measures: ['rms', 'peak', 'kurtosis'], detrend: 'constant' },
    // Between 8 and 12 Hz the shaft turns, below 22 Hz lies its first harmonic; above, what rings and what hisses.
    { type: 'bands', channels: AXES, edges: [2, 8, 12, 22, 50] },
    { type: 'statistics', channels: ['temperature'], measures: ['mean'], detrend: 'none' },
  ],
};

const STATES: readonly { readonly label: string; readonly change: WorldChange }[] = [
  { label: 'healthy', change: { bearing: 'good', inlet: 'open' } },
  { label: 'worn bearing', change: { bearing: 'worn', inlet: 'open' } },
  { label: 'cavitation', change: { bearing: 'good', inlet: 'blocked' } },
];

/** One pump each; the demo's own pump has the seed 1, so that the model has never met it. */
const TRAIN_SEEDS = Array.from({ length: 12 }, (_, index) => 101 + index);
const TEST_SEEDS = Array.from({ length: 6 }, (_, index) => 201 + index);
const REFERENCE_SEED = 301;

/** Seconds of a run: two and more swings of the load. */
const RUN = 120;
/** Seconds after a change of state that belong to neither state. */
const TRANSITION = 5;

interface Run {
  readonly seed: number;
  readonly change: WorldChange;
  readonly seconds: number;
  /** °C added to every reading: another room, another season, another thermometer. */
  readonly ambient: number;
  /** Seconds after the world began. Default 0. */
  readonly from?: number;
}

/** The feature rows of one run, as the nodes would make them. */
function rowsOf({ seed, change, seconds, ambient, from = 0 }: Run, recipe: PreparedRecipe): Float64Array[] {
  const world = createWorld({ scene: 'pump', seed });
  const window = createWindow(recipe.recipe);
  world.set(change);
  const rows: Float64Array[] = [];
  for (let sample = 0; sample < (TRANSITION + seconds) * RATE; sample++) {
    const time = (sample * 1000) / RATE;
    const values = readChannels(world, STANDARD_CHANNELS, from * 1000 + time);
    if (time < TRANSITION * 1000) continue;
    const named = STANDARD_CHANNELS.map(({ name }, index) => {
      return [name, (values[index] as number) + (name === 'temperature' ? ambient : 0)] as const;
    });
    const full = window.push({ time, payload: Object.fromEntries(named) });
    if (full) rows.push(recipe.run(full.payload));
  }
  return rows;
}

/** °C added to every reading of the rooms that a model learns from: each pump stands in another one. */
export type Rooms = readonly [coldest: number, warmest: number];

const LABELS = STATES.map(({ label }) => label);

/** Every state of every pump: where their rooms differ, the temperature cannot decide. */
function examplesOf(seeds: readonly number[], [coldest, warmest]: Rooms, recipe: PreparedRecipe): Examples {
  const rows = new ExampleRows();
  for (const [index, seed] of seeds.entries()) {
    const ambient = coldest + ((warmest - coldest) * index) / (seeds.length - 1);
    for (const [code, { change }] of STATES.entries()) {
      for (const row of rowsOf({ seed, change, seconds: RUN, ambient }, recipe)) rows.add(`pump ${seed}`, code, row);
    }
  }
  return rows.examples(recipe.featureNames, LABELS);
}

/** The hour at which the world begins. */
const BEGINS = 15;

/**
 * A well pump in normal operation, over its whole load range: what drift compares with.
 *
 * @param hours of the day, from which an equal share of the rows each; none: one run without a season
 */
function referenceOf(hours: readonly number[], digits: number, recipe: PreparedRecipe) {
  const { length, stride, rate } = recipe.recipe;
  const pieces = hours.length === 0 ? [{ from: 0, change: {} }] : hours.map(atHour);
  const count = Math.floor(REFERENCE_ROWS / pieces.length);
  const seconds = ((count - 1) * stride + length) / rate;
  const rows = pieces.flatMap((piece) => rowsOf({ ...piece, seed: REFERENCE_SEED, seconds, ambient: 0 }, recipe));
  const rounded = rows.map((row) => row.map((value) => Number(value.toPrecision(digits))));
  return { names: recipe.featureNames, rows: rounded };
}

const atHour = (hour: number) => ({
  from: ((hour - BEGINS + 24) % 24) * 3600,
  change: { season: 'daily' } as const,
});

const UNITS: readonly (readonly [prefix: string, unit: string])[] = [
  ['kurtosis_', ''],
  ['mean_temperature', '°C'],
];

const unitOf = (feature: string) => UNITS.find(([prefix]) => feature.startsWith(prefix))?.[1] ?? 'g';

/** What one model differs in from another. */
export interface PumpModel {
  readonly name: string;
  readonly version: string;
  /** Digest of the version that it takes the place of. */
  readonly parent?: string;
  readonly description: string;
  /** The script that makes it, for the lineage. */
  readonly script: string;
  readonly rooms: Rooms;
  /** Of the pumps that are held out. Default: those that it learns from. */
  readonly testRooms?: Rooms;
  readonly reference: {
    readonly description: string;
    /** Of a day, from which an equal share of the rows each. Default: one run without a season. */
    readonly hours?: readonly number[];
    /** Significant digits of its values: six are more than a ten-bit converter gives. */
    readonly digits: number;
  };
}

/**
 * Trains, measures on pumps that were held out, writes the package and checks it against ONNX Runtime.
 *
 * @param directory of the package; what lies there is replaced
 */
export function makePumpModel(directory: string, wanted: PumpModel): Promise<MadeModel> {
  const recipe = prepareRecipe(PUMP_RECIPE);
  const held = examplesOf(TEST_SEEDS, wanted.testRooms ?? wanted.rooms, recipe);
  return makeExampleModel(directory, {
    name: wanted.name,
    version: wanted.version,
    ...(wanted.parent !== undefined && { parent: wanted.parent }),
    description: wanted.description,
    labels: LABELS,
    recipe,
    unitOf,
    // What a beginner's first model learns by: weights of features that can be read.
    trainer: 'logistic-regression',
    seen: examplesOf(TRAIN_SEEDS, wanted.rooms, recipe),
    held,
    heldOut: `${TEST_SEEDS.length} of ${TRAIN_SEEDS.length + TEST_SEEDS.length} runs, ${held.set.rows} windows`,
    reference: {
      description: wanted.reference.description,
      ...referenceOf(wanted.reference.hours ?? [], wanted.reference.digits, recipe),
    },
    note: `Made by scripts/${wanted.script} from the virtual pump, seeds ${TRAIN_SEEDS[0]} to ${TRAIN_SEEDS.at(-1)}; held out: ${TEST_SEEDS[0]} to ${TEST_SEEDS.at(-1)}.`,
  });
}
