import { parentPort, type Transferable, workerData } from 'node:worker_threads';

/** The worker's end of the wire to whoever started it. */
export interface WorkerPort {
  /** What `startWorker` was given as `data`. */
  readonly data: unknown;
  post(message: unknown, transfer: readonly Transferable[]): void;
  listen(listener: (message: never) => void): void;
}

// A bundled worker brings its own copy of this module: what both must find lies in the one place that they share.
const SLOT = Symbol.for('millrace.worker-port');
const slot = globalThis as { [SLOT]?: WorkerPort };

/** The port of the worker file that is being loaded: a thread's own, or the one left by `loadHere`. */
export function ownPort(): WorkerPort {
  const left = slot[SLOT];
  delete slot[SLOT];
  if (left) return left;
  const port = parentPort;
  if (!port) throw new Error('this file runs only as a worker');
  return {
    data: workerData as unknown,
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    listen: (listener) => void port.on('message', (message) => listener(message as never)),
  };
}

/** The starter's end: as a thread's, but in the same thread. */
export interface LocalWorker {
  post(message: unknown, transfer: readonly Transferable[]): void;
  end(): void;
}

let loads = 0;

/**
 * Loads a worker's file into this thread, where it sees the same timers and clock as everything else. Messages are cloned
 * as between threads, and arrive in a microtask.
 */
export async function loadHere(url: URL, data: unknown, onMessage: (message: unknown) => void): Promise<LocalWorker> {
  let listener: (message: never) => void = () => undefined;
  let ended = false;
  const carry = (take: (message: never) => void, message: unknown, transfer: readonly Transferable[]) => {
    const copy = structuredClone(message, { transfer: [...transfer] as never }) as never;
    queueMicrotask(() => {
      if (!ended) take(copy);
    });
  };
  slot[SLOT] = {
    data: structuredClone(data),
    post: (message, transfer) => carry(onMessage, message, transfer),
    listen: (heard) => (listener = heard),
  };
  // Each worker is a module of its own, as each thread has its own.
  await import(`${url.href}?worker=${++loads}`);
  return {
    post: (message, transfer) => carry((copy) => listener(copy), message, transfer),
    end: () => (ended = true),
  };
}
