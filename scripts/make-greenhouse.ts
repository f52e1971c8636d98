/**
 * Makes the model package `greenhouse-keeper` of the greenhouse lesson: what a gardener would do now, from five seconds of air,
 * light and weather. It learns from a gardener who follows a few rules and reads the thermometer as people do.
 *
 *   node scripts/make-greenhouse.ts [DIRECTORY]
 */
import { join } from 'node:path';
import { type Channel, createWorld, readChannels, type World } from '../runtime/devices/index.ts';
import { seededRandom } from '../runtime/numerics/index.ts';
import { createWindow, type PreparedRecipe, prepareRecipe, type Recipe } from '../runtime/signal/index.ts';
import { ExampleRows, type Examples, type MadeModel, makeExampleModel, sayModel } from './example-model.ts';

export const DEEDS = ['closed', 'air', 'open', 'heat'] as const;
type Deed = (typeof DEEDS)[number];

const THERMOMETERS: Channel[] = [
  { name: 'temperature', pin: 'A0', kind: 'tmp36' },
  { name: 'outside', pin: 'A3', kind: 'tmp36' },
];
const CHANNELS = ['temperature', 'humidity', 'light', 'outside'];

export const GREENHOUSE_RECIPE: Recipe = {
  channels: CHANNELS,
  rate: 1,
  length: 5,
  stride: 5,
  blocks: [{ type: 'statistics', channels: CHANNELS, measures: ['mean'], detrend: 'none' }],
};
const UNITS = ['°C', '%', 'lx', '°C'];

/** What the plants like. */
const COMFORT = {
  /** °C at least: by day, when it is lighter than this (lx), and by night. */
  byDay: 18,
  byNight: 14,
  dawn: 1_000,
  /** °C above which the window is opened a little, and above which it is opened wide. */
  warm: 23,
  hot: 26,
  /** °C outside, below which a little is enough. */
  fresh: 8,
  /** % above which leaves get wet; not below so many °C outside. */
  damp: 88,
  frost: 3,
};

interface Seen {
  readonly temperature: number;
  readonly humidity: number;
  readonly light: number;
  readonly outside: number;
}

/** What the gardener does. */
function deedOf({ temperature, humidity, light, outside }: Seen): Deed {
  const least = light > COMFORT.dawn ? COMFORT.byDay : COMFORT.byNight;
  if (temperature < least) return 'heat';
  if (temperature > COMFORT.hot && outside > COMFORT.fresh) return 'open';
  if (temperature > COMFORT.warm) return 'air';
  // A draught in the frost harms more than wet leaves do.
  if (humidity > COMFORT.damp && outside > COMFORT.frost && temperature > least + 2) return 'air';
  return 'closed';
}

/** One greenhouse each; the lesson's own has the seed 1, so that the model has never met it. */
const TRAIN_SEEDS = Array.from({ length: 12 }, (_, index) => 101 + index);
const TEST_SEEDS = Array.from({ length: 6 }, (_, index) => 201 + index);
const REFERENCE_SEEDS = [301, 302, 303];

/** Seconds: two days of the greenhouse. */
const RUN = 1200;
/** Seconds after which the weather, the watering, or what somebody does to window and heater is another. */
const EVERY = 20;
/** °C and % by which a gardener misreads. */
const MISREADS = { degrees: 0.2, percent: 1 };

/** One reading of the two thermometers. */
export function readThermometers(world: World, time: number): Record<string, number> {
  const [temperature = NaN, outside = NaN] = readChannels(world, THERMOMETERS, time);
  return { temperature, outside };
}

/** What comes of one greenhouse in all weathers, as the nodes would make it, and what the gardener says to each. */
function runOf(seed: number, recipe: PreparedRecipe): { readonly row: Float64Array; readonly deed: Deed }[] {
  const world = createWorld({ scene: 'greenhouse', seed });
  const window = createWindow(recipe.recipe);
  const random = seededRandom(seed);
  const between = (least: number, most: number) => least + (most - least) * random();
  const found: { row: Float64Array; deed: Deed }[] = [];
  for (let second = 0; second < RUN; second++) {
    if (second % (3 * EVERY) === 0) {
      world.set({ sun: Math.round(between(0, 100)), outside: Math.round(between(-12, 32)) });
      world.set({ watering: random() < 0.5 ? Math.round(between(20, 100)) : 0 });
    }
    if (second % EVERY === 0) {
      world.act({ output: 'D7', value: random() < 0.4 ? 1 : 0 });
      world.act({ output: 'D9', value: random() < 0.5 ? 0 : Math.round(between(0, 90)) });
    }
    const time = second * 1000;
    const { humidity = NaN, light = NaN } = world.read(time).quantities;
    const full = window.push({ time, payload: { ...readThermometers(world, time), humidity, light } });
    if (!full) continue;
    const row = recipe.run(full.payload);
    const [warmth = NaN, damp = NaN, brightness = NaN, fresh = NaN] = row;
    const off = () => 2 * random() - 1;
    const seen = { light: brightness, outside: fresh, humidity: damp + MISREADS.percent * off() };
    found.push({ row, deed: deedOf({ ...seen, temperature: warmth + MISREADS.degrees * off() }) });
  }
  return found;
}

function examplesOf(seeds: readonly number[], recipe: PreparedRecipe): Examples {
  const rows = new ExampleRows();
  for (const seed of seeds) {
    for (const { row, deed } of runOf(seed, recipe)) rows.add(`greenhouse ${seed}`, DEEDS.indexOf(deed), row);
  }
  return rows.examples(recipe.featureNames, DEEDS);
}

/** @param directory of the package; what lies there is replaced */
export function makeGreenhouse(directory: string): Promise<MadeModel> {
  const recipe = prepareRecipe(GREENHOUSE_RECIPE);
  const held = examplesOf(TEST_SEEDS, recipe);
  const reference = REFERENCE_SEEDS.flatMap((seed) => runOf(seed, recipe).map(({ row }) => row));
  return makeExampleModel(directory, {
    name: 'greenhouse-keeper',
    version: '1.0.0',
    description:
      'What a gardener does with a greenhouse now: keep it closed, air it a little, open it wide, or heat it.',
    labels: DEEDS,
    recipe,
    unitOf: (feature) => UNITS[recipe.featureNames.indexOf(feature)] ?? '',
    // A few questions in a row, which a person can follow.
    trainer: 'decision-tree',
    settings: { depth: 8, leaf: 4, pruning: 0.0005 },
    seen: examplesOf(TRAIN_SEEDS, recipe),
    held,
    heldOut: `${TEST_SEEDS.length} of ${TRAIN_SEEDS.length + TEST_SEEDS.length} greenhouses, ${held.set.rows} windows`,
    reference: {
      description: 'Three greenhouses that the model was not trained on, each through two days in all weathers.',
      names: recipe.featureNames,
      rows: reference.map((row) => row.map((value) => Number(value.toPrecision(5)))),
    },
    note: `Made by scripts/make-greenhouse.ts from the virtual greenhouse, seeds ${TRAIN_SEEDS[0]} to ${TRAIN_SEEDS.at(-1)}; held out: ${TEST_SEEDS[0]} to ${TEST_SEEDS.at(-1)}.`,
  });
}

if (process.argv[1] === import.meta.filename) {
  const standard = join(import.meta.dirname, '../flows/greenhouse/models/greenhouse-keeper');
  sayModel(await makeGreenhouse(process.argv[2] ?? standard));
}
