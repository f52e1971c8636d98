/**
 * Makes the model package `wrist-gestures` of the gesture lesson: what a wrist does, from two seconds of its six axes.
 *
 *   node scripts/make-gesture.ts [DIRECTORY]
 */
import { join } from 'node:path';
import { createWorld, type World } from '../runtime/devices/index.ts';
import { seededRandom } from '../runtime/numerics/index.ts';
import { createWindow, type PreparedRecipe, prepareRecipe, type Recipe } from '../runtime/signal/index.ts';
import { ExampleRows, type Examples, type MadeModel, makeExampleModel, sayModel } from './example-model.ts';

export const GESTURES = ['still', 'wave', 'shake', 'circle', 'knock'] as const;

const RATE = 50;
const ACCELERATIONS = ['ax', 'ay', 'az'];
const ROTATIONS = ['gx', 'gy', 'gz'];
const AXES = [...ACCELERATIONS, ...ROTATIONS];

export const GESTURE_RECIPE: Recipe = {
  channels: AXES,
  rate: RATE,
  length: 100,
  stride: 25,
  blocks: [
    // Without the mean: how the wrist is held says nothing about what it does.
    { type: 'statistics', channels: AXES, measures: ['rms', 'peak', 'kurtosis'], detrend: 'constant' },
    // A hand moves a few times a second; what is faster are blows, and how they ring.
    { type: 'bands', channels: AXES, edges: [0.5, 2, 4, 8, 25] },
  ],
};

/** One person each; the lesson's own wrist has the seed 1, so that the model has never met it. */
const TRAIN_SEEDS = Array.from({ length: 12 }, (_, index) => 101 + index);
const TEST_SEEDS = Array.from({ length: 6 }, (_, index) => 201 + index);
const REFERENCE_SEED = 301;

/** Seconds of a run, and how many there are of each gesture of a person: slowly and quickly, gently and hard. */
const RUN = 20;
const RUNS = 4;
/** Seconds after a change of gesture that belong to neither. */
const TRANSITION = 3;
const REFERENCE_SECONDS = 60;

/** What the two halves of an MPU6050 say in its usual ranges, ±2 g and ±250 °/s: counts of 16 bits. */
const COUNTS = { g: 16_384, degrees: 131 };
const counted = (value: number, scale: number): number =>
  Math.max(-32_768, Math.min(32_767, Math.round(value * scale))) / scale;

/** One reading of the six axes. */
export function readAxes(world: World, time: number): Record<string, number> {
  const { quantities } = world.read(time);
  const { accelerationX = 0, accelerationY = 0, accelerationZ = 1 } = quantities;
  const { rotationX = 0, rotationY = 0, rotationZ = 0 } = quantities;
  return {
    ax: counted(accelerationX, COUNTS.g),
    ay: counted(accelerationY, COUNTS.g),
    az: counted(accelerationZ, COUNTS.g),
    gx: counted(rotationX, COUNTS.degrees),
    gy: counted(rotationY, COUNTS.degrees),
    gz: counted(rotationZ, COUNTS.degrees),
  };
}

/** How a gesture may be done: as far as the sliders of the world go. */
const MANNERS = { tempo: [60, 160], strength: [50, 150], arm: [-60, 60] } as const;
type Manner = Readonly<Record<keyof typeof MANNERS, number>>;
const USUAL: Manner = { tempo: 100, strength: 100, arm: 0 };

/** The feature rows of one person who does one thing, as the nodes would make them. */
function rowsOf(seed: number, gesture: string, manner: Manner, seconds: number, recipe: PreparedRecipe) {
  const world = createWorld({ scene: 'wrist', seed });
  const window = createWindow(recipe.recipe);
  world.set({ gesture, ...manner });
  const rows: Float64Array[] = [];
  for (let sample = 0; sample < (TRANSITION + seconds) * RATE; sample++) {
    const time = (sample * 1000) / RATE;
    const payload = readAxes(world, time);
    if (time < TRANSITION * 1000) continue;
    const full = window.push({ time, payload });
    if (full) rows.push(recipe.run(full.payload));
  }
  return rows;
}

function examplesOf(seeds: readonly number[], recipe: PreparedRecipe): Examples {
  const rows = new ExampleRows();
  for (const seed of seeds) {
    const random = seededRandom(seed);
    const between = ([least, most]: readonly [number, number]) => Math.round(least + (most - least) * random());
    for (const [code, gesture] of GESTURES.entries()) {
      for (let run = 0; run < RUNS; run++) {
        const manner = {
          tempo: between(MANNERS.tempo),
          strength: between(MANNERS.strength),
          arm: between(MANNERS.arm),
        };
        for (const row of rowsOf(seed, gesture, manner, RUN, recipe)) rows.add(`person ${seed}`, code, row);
      }
    }
  }
  return rows.examples(recipe.featureNames, GESTURES);
}

/** Every gesture of a person of its own, one after the other: what is usual. */
function referenceOf(recipe: PreparedRecipe): Float64Array[] {
  const rows = GESTURES.flatMap((gesture) => rowsOf(REFERENCE_SEED, gesture, USUAL, REFERENCE_SECONDS, recipe));
  return rows.map((row) => row.map((value) => Number(value.toPrecision(5))));
}

const unitOf = (feature: string): string => {
  if (feature.startsWith('kurtosis_')) return '';
  return ROTATIONS.some((axis) => feature.endsWith(`_${axis}`)) ? '°/s' : 'g';
};

/** @param directory of the package; what lies there is replaced */
export function makeGesture(directory: string): Promise<MadeModel> {
  const recipe = prepareRecipe(GESTURE_RECIPE);
  const held = examplesOf(TEST_SEEDS, recipe);
  return makeExampleModel(directory, {
    name: 'wrist-gestures',
    version: '1.0.0',
    description: 'What a wrist with a motion sensor does: it is still, waves, shakes, draws circles or knocks.',
    labels: GESTURES,
    recipe,
    unitOf,
    trainer: 'logistic-regression',
    seen: examplesOf(TRAIN_SEEDS, recipe),
    held,
    heldOut: `${TEST_SEEDS.length} of ${TRAIN_SEEDS.length + TEST_SEEDS.length} persons, ${held.set.rows} windows`,
    reference: {
      description: 'A minute of each gesture, two rows a second, of a person that the model was not trained on.',
      names: recipe.featureNames,
      rows: referenceOf(recipe),
    },
    note: `Made by scripts/make-gesture.ts from the virtual wrist, seeds ${TRAIN_SEEDS[0]} to ${TRAIN_SEEDS.at(-1)}; held out: ${TEST_SEEDS[0]} to ${TEST_SEEDS.at(-1)}.`,
  });
}

if (process.argv[1] === import.meta.filename) {
  const standard = join(import.meta.dirname, '../flows/gesture/models/wrist-gestures');
  sayModel(await makeGesture(process.argv[2] ?? standard));
}
