import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../../../../runtime/base/index.ts';
import { type DataSets, type NewExample, openDataSets } from '../../../../runtime/datasets/index.ts';
import { openRegistry, type Registry } from '../../../../runtime/models/registry/index.ts';
import { createLearning, type LearningParts } from '../../../../runtime/services/learning/create-learning.ts';
import type { Learning } from '../../../../runtime/services/learning/types.ts';

const DATA = resolve(import.meta.dirname, '../../training/data');

export interface Workplace {
  readonly directory: string;
  readonly dataSets: DataSets;
  readonly models: Registry;
  readonly learning: Learning;
  /** Makes a data set of these examples. */
  fill(name: string, examples: readonly NewExample[]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Data sets, models and training in a folder of their own. */
export async function workplace(own: Partial<LearningParts> = {}): Promise<Workplace> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-learning-'));
  const dataSets = openDataSets({ directory: join(directory, 'data'), clock: systemClock });
  const models = openRegistry({ layers: [], directory: join(directory, 'models'), follow: false });
  const learning = createLearning({
    ...{ directory: join(directory, 'learning'), dataSets, models, clock: systemClock },
    ...own,
  });
  return {
    ...{ directory, dataSets, models, learning },
    async fill(name, examples) {
      const set = await dataSets.open(name);
      await set.add(examples);
      await set.close();
    },
    async [Symbol.asyncDispose]() {
      await learning.close();
      await Promise.all([dataSets.close(), models.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A CSV of the reference data: numbers, and the label in the last column. */
export async function table(name: string): Promise<NewExample[]> {
  const [header = '', ...lines] = (await readFile(join(DATA, `${name}.csv`), 'utf8')).trim().split('\n');
  const columns = header.trim().split(',');
  return lines.map((line) => {
    const cells = line.trim().split(',');
    const label = cells.pop() ?? '';
    return {
      payload: Object.fromEntries(cells.map((cell, at) => [columns[at] ?? '', Number(cell)])),
      label: Number.isFinite(Number(label)) && name === 'diabetes' ? Number(label) : label,
    };
  });
}

/** Rows of two kinds that are easy to tell apart. */
export const twoKinds = (count: number, width = 4): NewExample[] =>
  Array.from({ length: count }, (_, row) => ({
    payload: Object.fromEntries(
      Array.from({ length: width }, (_, at) => [`f${at}`, Math.sin(row * 7.3 + at * 1.7) + (row % 2) * 2]),
    ),
    label: row % 2 === 0 ? 'well' : 'worn',
  }));
