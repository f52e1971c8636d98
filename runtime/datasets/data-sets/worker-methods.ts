import type { DataVersion, ExampleMap, Finding } from '../../messages/index.ts';
import { startWorker, workerUrl } from '../../workers/index.ts';
import type { SetFiles } from './set-files.ts';
import type { Imported, ImportOptions } from './types.ts';

/** What the worker is started with. */
export interface DataTask {
  readonly name: string;
  readonly directory: string;
  readonly shipped: boolean;
}

/** A type, not an interface: `Methods` asks for an index signature. */
export type DataWorkerMethods = {
  findings(): Promise<readonly Finding[]>;
  map(): Promise<ExampleMap>;
  freeze(note: string): Promise<DataVersion>;
  import(path: string | readonly string[], options: ImportOptions): Promise<Imported>;
  close(): Promise<void>;
};

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
