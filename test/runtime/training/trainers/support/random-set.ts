/** Training sets of every kind that a person may come with, from a seed. */
import { seededRandom } from '../../../../../runtime/numerics/index.ts';
import type { Trainer } from '../../../../../runtime/training/fit/trainer.ts';
import type { LearningTask, Target, TrainingSet } from '../../../../../runtime/training/fit/training-set.ts';

export interface SetChoices {
  readonly trainer: Pick<Trainer, 'takes'>;
  readonly task: LearningTask;
  readonly seed: number;
  readonly rows?: number;
  readonly width?: number;
  readonly classes?: number;
  /** `grid`: few whole numbers, so that rows repeat and distances tie. */
  readonly kind?: 'clouds' | 'grid' | 'scales' | 'related';
  readonly weighted?: boolean;
}

const KINDS = ['clouds', 'grid', 'scales', 'related'] as const;

/** What is not said is drawn from the seed. */
export function randomSet({ trainer, task, seed, ...given }: SetChoices): TrainingSet {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const rows = given.rows ?? 12 + upTo(80);
  const channels = 1 + upTo(3);
  const samples = trainer.takes === 'window' ? 6 + upTo(26) : 0;
  const width = samples > 0 ? samples * channels : (given.width ?? 1 + upTo(10));
  const names = samples > 0 ? channels : width;
  const classes = given.classes ?? 2 + upTo(3);
  const kind = given.kind ?? KINDS[upTo(KINDS.length)];
  const places = Array.from({ length: classes * width }, () => 2 * normal());
  const scales = Array.from({ length: names }, () => (kind === 'scales' ? 10 ** (random() * 8 - 4) : 1));
  const offsets = Array.from({ length: names }, () => (kind === 'scales' ? normal() * 1000 : 0));

  const values = new Float32Array(rows * width);
  const codes = new Int32Array(rows);
  const numbers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    // Each class once, then by chance.
    const code = row < classes ? row : upTo(classes);
    codes[row] = code;
    let sum = 0;
    let last = 0;
    for (let at = 0; at < width; at++) {
      const place = places[code * width + at] as number;
      const column = at % names;
      let value = place + normal();
      if (kind === 'related' && at > 0) value = last + 0.01 * normal();
      if (kind === 'grid') value = Math.round(value / 2);
      last = value;
      sum += value * Math.sin(at + 1);
      values[row * width + at] = (offsets[column] as number) + value * (scales[column] as number);
    }
    numbers[row] = 10 + 3 * sum + 0.3 * normal();
  }
  const weighted = given.weighted ?? random() < 0.25;
  return {
    ...{ rows, width, values },
    columns: Array.from({ length: names }, (_, index) => `${samples > 0 ? 'channel' : 'feature'} ${index}`),
    ...(samples > 0 && { window: { rate: 50, samples } }),
    target: targetOf(task, classes, codes, numbers),
    ...(weighted && { weights: Float64Array.from({ length: rows }, () => 0.25 + 2 * random()) }),
  };
}

function targetOf(task: LearningTask, classes: number, codes: Int32Array, values: Float64Array): Target {
  if (task === 'regression') return { task, values };
  if (task === 'anomaly') return { task };
  return { task, classes: Array.from({ length: classes }, (_, index) => `class ${index}`), codes };
}

/** Rows that were not trained on: some near to the training rows, some halfway between two, some far off. */
export function otherRows(set: TrainingSet, rows: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const { width, values } = set;
  const some = () => Math.floor(random() * set.rows) * width;
  const asked = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const [a, b, how] = [some(), some(), row % 4];
    for (let at = 0; at < width; at++) {
      const [one, other] = [values[a + at] as number, values[b + at] as number];
      const far = one + (one - other) * 20 * random();
      asked[row * width + at] = [one, (one + other) / 2, one + (other - one) * 0.1 * random(), far][how] as number;
    }
  }
  return asked;
}
