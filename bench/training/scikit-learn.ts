/** scikit-learn as Debian installs it, on the same rows, on one core. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TrainingSet } from '../../runtime/training/fit/training-set.ts';
import type { Measured } from './messages.ts';
import { onOneCore, ONE_THREAD } from './one-core.ts';
import type { SplitSet } from './sets.ts';

const PYTHON = '/usr/bin/python3';
const run = promisify(execFile);

export async function hasScikitLearn(): Promise<boolean> {
  return run(PYTHON, ['-c', 'import sklearn']).then(
    () => true,
    () => false,
  );
}

export type ScikitLearn = AsyncDisposable & { train(model: string): Promise<Measured> };

/** Lays the rows down where scikit-learn reads them. */
export async function scikitLearn({ train, test }: SplitSet): Promise<ScikitLearn> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'));
  await writeFile(join(folder, 'shape.json'), JSON.stringify({ width: train.width }));
  await write(folder, 'train', train);
  await write(folder, 'test', test);
  return {
    async train(model) {
      const script = join(import.meta.dirname, 'scikit-learn.py');
      const [command, args] = await onOneCore(PYTHON, [script, folder, model]);
      const { stdout } = await run(command, args, { env: { ...process.env, ...ONE_THREAD } });
      return JSON.parse(stdout) as Measured;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function write(folder: string, name: string, { values, target }: TrainingSet): Promise<void> {
  if (target.task !== 'classification') throw new Error('only classes are compared');
  await writeFile(join(folder, `${name}.values`), values);
  await writeFile(join(folder, `${name}.codes`), target.codes);
}
