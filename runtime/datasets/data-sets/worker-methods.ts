import { stat } from 'node:fs/promises';
import { startWorker, workerUrl } from '../../workers/index.ts';
import { findingsOf } from './examine/findings.ts';
import { mapExamples } from './examine/map-examples.ts';
import { importFile } from './import/import-file.ts';
import { loadExamples } from './load.ts';
import type { SetFiles } from './set-files.ts';
import { widthOf } from './shape.ts';
import type { ImportOptions } from './types.ts';
import { freezeExamples } from './version.ts';

/** What the worker is started with. */
export interface DataTask {
  readonly name: string;
  readonly directory: string;
  readonly shipped: boolean;
}

/** The same work, wherever it is done. @param files gives them when they are open */
export const dataMethods = (files: () => Promise<SetFiles>) => ({
  findings: async () => findingsOf(await loadExamples(await files(), undefined)),
  map: async () => mapExamples(await loadExamples(await files(), undefined)),
  freeze: async (note: string) => freezeExamples(await files(), note),
  import: async (path: string | readonly string[], options: ImportOptions) => importFile(await files(), path, options),
});

/** Numbers, and bytes of a file: so few are worked through in a few milliseconds, sooner than a thread is there. */
const FEW_NUMBERS = 20_000;
const FEW_BYTES = 64 * 1024;

/** Whether work on what is there would keep nobody waiting. */
export async function isLittle(files: SetFiles): Promise<boolean> {
  const known = await files.shape();
  if (!known) return true;
  const [row] = await files.read('SELECT count(*) AS n FROM examples');
  return Number(row?.['n'] ?? 0) * widthOf(known.shape) <= FEW_NUMBERS;
}

/** Whether a file is. */
export async function isShort(path: string | readonly string[]): Promise<boolean> {
  const paths = typeof path === 'string' ? [path] : path;
  const sizes = await Promise.all(paths.map((each) => stat(each).catch(() => ({ size: 0 }))));
  return sizes.reduce((sum, { size }) => sum + size, 0) <= FEW_BYTES;
}

export type DataWorkerMethods = ReturnType<typeof dataMethods> & { close(): Promise<void> };

/** Runs long work on a data set in a thread of its own. */
export async function inWorker<K extends keyof DataWorkerMethods>(
  { name, directory, shipped, clock }: SetFiles,
  method: K,
  ...args: Parameters<DataWorkerMethods[K]>
): Promise<Awaited<ReturnType<DataWorkerMethods[K]>>> {
  const work = async () => {
    const worker = await startWorker<DataWorkerMethods>(workerUrl(import.meta.url, './data-worker'), {
      name: 'millrace-data',
      data: { name, directory, shipped } satisfies DataTask,
    });
    try {
      return await worker.call(method, ...args);
    } finally {
      await worker.call('close').catch(() => undefined);
      await worker.close();
    }
  };
  return await clock.hold(work());
}
