import { startWorker, workerUrl, type WorkerHandle } from '../workers/index.ts';
import type { GroupedWrite, StoreMethods } from './methods.ts';
import type { SqlValue } from './statements.ts';
import type { StoreOptions } from './store.ts';

interface Shared {
  readonly started: Promise<WorkerHandle<StoreMethods>>;
  users: number;
}

/** One thread of a name serves all stores that ask for it: started with the first, ended with the last. */
const threads = new Map<string, Shared>();

function forget(name: string, shared?: Shared): void {
  if (!shared || threads.get(name) === shared) threads.delete(name);
}

function startThread(name: string): Shared {
  const shared: Shared = {
    started: startWorker<StoreMethods>(workerUrl(import.meta.url, './store-worker'), {
      name: name === '' ? 'millrace-storage' : `millrace-storage-${name}`,
      onStopped: () => forget(name, shared),
    }),
    users: 0,
  };
  threads.set(name, shared);
  return shared;
}

/** The thread that holds the databases. Each `acquireWorker` is answered by one `release`. */
export async function acquireWorker(name: string) {
  const shared = threads.get(name) ?? startThread(name);
  shared.users += 1;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    forget(name, shared);
    await (await shared.started).close();
  };
  const handle = await shared.started.catch((error: unknown) => {
    forget(name, shared);
    throw error;
  });
  return {
    open: (options: StoreOptions) => handle.call('open', { ...options }),
    commit: (id: number, group: readonly GroupedWrite[]) => handle.call('commit', id, group),
    read: (id: number, sql: string, values: readonly SqlValue[]) => handle.call('read', id, sql, values),
    size: (id: number) => handle.call('size', id),
    closeStore: (id: number) => handle.call('close', id),
    release,
  };
}
