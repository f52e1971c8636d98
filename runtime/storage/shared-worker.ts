import { startWorker, workerUrl, type WorkerHandle } from '../workers/index.ts';
import type { StoreMethods } from './methods.ts';
import type { SqlValue, Write } from './statements.ts';
import type { StoreOptions } from './store.ts';

/** One thread serves every store of the process: started with the first, ended with the last. */
let current: { readonly started: Promise<WorkerHandle<StoreMethods>>; users: number } | undefined;

/** The thread that holds the databases. Each `acquireWorker` is answered by one `release`. */
export async function acquireWorker() {
  const shared = (current ??= {
    started: startWorker<StoreMethods>(workerUrl(import.meta.url, './store-worker'), {
      name: 'millrace-storage',
      onStopped: () => void (current = undefined),
    }),
    users: 0,
  });
  shared.users += 1;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    if (current === shared) current = undefined;
    await (await shared.started).close();
  };
  const handle = await shared.started.catch((error: unknown) => {
    if (current === shared) current = undefined;
    throw error;
  });
  return {
    open: (options: StoreOptions) => handle.call('open', { ...options }),
    commit: (id: number, group: readonly Write[]) => handle.call('commit', id, group),
    read: (id: number, sql: string, values: readonly SqlValue[]) => handle.call('read', id, sql, values),
    closeStore: (id: number) => handle.call('close', id),
    release,
  };
}
