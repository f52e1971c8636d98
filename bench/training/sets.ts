/** The data that training is measured on: one known set and two that are made from a seed. */
import { readFileSync } from 'node:fs';
import { seededRandom } from '../../runtime/numerics/index.ts';
import { selectRows, type TrainingSet } from '../../runtime/training/fit/training-set.ts';

export interface SplitSet {
  readonly train: TrainingSet;
  readonly test: TrainingSet;
}

export const SETS: Readonly<Record<string, () => SplitSet>> = {
  digits: () => split(digits(), everyFifthOfItsClass),
  'motion 2,100 × 60': () => split(motion(), (_, row) => row % 5 === 4),
  '100,000 × 30': () => split(large(100_000), (_, row) => row % 5 === 4),
};

/** scikit-learn's figures of training.json, on the same rows. */
export const REFERENCE: Readonly<Record<string, { readonly accuracy: number; readonly seconds: number }>> = {
  'digits random-forest': { accuracy: 0.9775, seconds: 0.175 },
  'digits gradient-boosting': { accuracy: 0.9718, seconds: 1.272 },
  'digits logistic-regression': { accuracy: 0.969, seconds: 0.081 },
  'digits dense-network': { accuracy: 0.969, seconds: 0.295 },
};

function digits(): TrainingSet {
  const file = new URL('../../test/runtime/training/data/digits.csv', import.meta.url);
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(',').map(Number));
  const columns = header.split(',').slice(0, -1);
  return {
    ...{ rows: cells.length, width: columns.length, columns },
    values: Float32Array.from(cells.flatMap((row) => row.slice(0, -1))),
    target: {
      task: 'classification',
      classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
      codes: Int32Array.from(cells, (row) => row.at(-1) ?? 0),
    },
  };
}

/** Six ways to move: what sixty features of a window of accelerations look like, each following a few hidden causes. */
function motion(): TrainingSet {
  const [rows, width, classes, causes] = [2100, 60, 6, 8];
  const gauss = gaussian(11);
  const mixing = Float64Array.from({ length: width * causes }, gauss);
  const centres = Float64Array.from({ length: classes * causes }, () => 1.1 * gauss());
  const hidden = new Float64Array(causes);
  return made(rows, width, classes, (row, values) => {
    const code = row % classes;
    for (let cause = 0; cause < causes; cause++) hidden[cause] = (centres[code * causes + cause] ?? 0) + gauss();
    for (let column = 0; column < width; column++) {
      let value = 0.8 * gauss();
      for (let cause = 0; cause < causes; cause++)
        value += (mixing[column * causes + cause] ?? 0) * (hidden[cause] ?? 0);
      // Energies are never negative.
      values[row * width + column] = column % 3 === 0 ? value * value : value;
    }
    return code;
  });
}

/** Two classes by sums, products and waves of some features, the rest of which means nothing. */
function large(rows: number): TrainingSet {
  const width = 30;
  const gauss = gaussian(7);
  return made(rows, width, 2, (row, values) => {
    const at = row * width;
    for (let column = 0; column < width; column++) values[at + column] = gauss();
    const x = (column: number) => values[at + column] ?? 0;
    let sum = x(0) * x(1) + Math.sin(2 * x(2)) + x(3) - 0.5 * x(4) ** 2 + 0.7 * gauss();
    for (let column = 5; column < 10; column++) sum += 0.3 * x(column);
    return sum > 0 ? 1 : 0;
  });
}

function made(
  rows: number,
  width: number,
  classes: number,
  fill: (row: number, values: Float32Array) => number,
): TrainingSet {
  const values = new Float32Array(rows * width);
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) codes[row] = fill(row, values);
  return {
    ...{ rows, width, values, columns: Array.from({ length: width }, (_, column) => `f${column}`) },
    target: { task: 'classification', classes: Array.from({ length: classes }, (_, code) => `class ${code}`), codes },
  };
}

/** Box and Muller. */
function gaussian(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function split(set: TrainingSet, isTest: (set: TrainingSet, row: number) => boolean): SplitSet {
  const rows: [train: number[], test: number[]] = [[], []];
  for (let row = 0; row < set.rows; row++) rows[isTest(set, row) ? 1 : 0].push(row);
  return { train: selectRows(set, rows[0]), test: selectRows(set, rows[1]) };
}

/** Asked row by row, in order. */
const seen = new Map<number, number>();
function everyFifthOfItsClass({ target }: TrainingSet, row: number): boolean {
  const code = target.task === 'classification' ? (target.codes[row] ?? 0) : 0;
  const place = (seen.get(code) ?? 0) + 1;
  seen.set(code, place);
  return place % 5 === 0;
}
