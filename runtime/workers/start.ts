import { type Transferable, Worker } from 'node:worker_threads';
import { MillraceError } from '../base/index.ts';
import { compactHeap } from './compact-heap.ts';
import { errors } from './errors.ts';
import { loadHere } from './here.ts';
import type { CompactMessage, Methods, WorkerMessage } from './protocol.ts';

export interface WorkerOptions<Event> {
  /** For messages and the thread's name. */
  readonly name: string;
  /** Structured-cloned to the worker. */
  readonly data?: unknown;
  readonly onEvent?: (event: Event) => void;
  /** The worker ended without being closed; calls that waited have been rejected already. */
  readonly onStopped?: (error: MillraceError) => void;
  /**
   * `here`: no thread is started; the file runs in this one, and so in its virtual time. It then is not contained: what it
   * throws late, this thread throws. Default `own`.
   */
  readonly thread?: WorkerThread;
  /** Ends a worker that is not ready yet, even one that hangs while its file is loaded. */
  readonly signal?: AbortSignal;
  readonly resourceLimits?: { readonly maxOldGenerationSizeMb?: number; readonly maxYoungGenerationSizeMb?: number };
}

export type WorkerThread = 'own' | 'here';

export interface WorkerHandle<M extends Methods> {
  /**
   * Asks the worker.
   *
   * @throws the worker's own MillraceError, or WORKER_STOPPED if it ended first
   */
  call<K extends keyof M & string>(method: K, ...args: Parameters<M[K]>): Promise<Awaited<ReturnType<M[K]>>>;
  /** As `call`, and hands `transfer` over instead of copying. */
  send<K extends keyof M & string>(
    method: K,
    args: Parameters<M[K]>,
    transfer: readonly Transferable[],
  ): Promise<Awaited<ReturnType<M[K]>>>;
  /** Ends the thread and everything in it. Calls that wait are rejected. */
  close(): Promise<void>;
}

/** MB of short-lived objects before a thread collects them. V8's own 48 would be spent by every worker, on nothing. */
const YOUNG_GENERATION = 4;

/** Of this process, for as long as they run. */
const threads = new Set<Worker>();

/** Lets go of what only the start of the process needed, in every thread of it. */
export function compactHeaps(): void {
  const message: CompactMessage = { compact: true };
  for (const thread of threads) thread.postMessage(message);
  compactHeap();
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: MillraceError): void;
}

/** The URL of a worker's file beside the calling module: `.ts` in the sources, `.js` in the build. */
export function workerUrl(moduleUrl: string, file: string): URL {
  return new URL(`${file}${moduleUrl.slice(moduleUrl.lastIndexOf('.'))}`, moduleUrl);
}

/**
 * Starts a worker thread that answers with `serveWorker`. Resolves when it is ready.
 *
 * @throws WORKER_STOPPED if it ends before, by itself or by the signal
 */
export async function startWorker<M extends Methods, Event = never>(
  url: URL,
  options: WorkerOptions<Event>,
): Promise<WorkerHandle<M>> {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let stopped: MillraceError | undefined;
  let closing = false;
  let failure: unknown;
  let ready: Waiting | undefined;

  const stop = (error: MillraceError) => {
    if (stopped) return;
    stopped = error;
    ready?.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    if (!closing) options.onStopped?.(error);
  };

  const hear = (message: WorkerMessage) => {
    if ('ready' in message) return ready?.resolve(undefined);
    if ('event' in message) return options.onEvent?.(message.event as Event);
    const call = waiting.get(message.answer);
    waiting.delete(message.answer);
    if ('error' in message) call?.reject(new MillraceError(message.error));
    else call?.resolve(message.value);
  };
  const ended = (reason: string) => stop(errors.WORKER_STOPPED({ worker: options.name, reason }, { cause: failure }));

  const isReady = new Promise<unknown>((resolve, reject) => (ready = { resolve, reject }));
  const wire =
    options.thread === 'here'
      ? await inThisThread(url, options, hear, ended)
      : inItsOwn(url, options, hear, (error) => (failure = error), ended);
  const giveUp = () => {
    closing = true;
    ended('it was given up before it was ready');
  };
  try {
    options.signal?.addEventListener('abort', giveUp);
    if (options.signal?.aborted) giveUp();
    await isReady;
  } catch (error) {
    await wire.end();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }

  const send = (method: string, args: readonly unknown[], transfer: readonly Transferable[]) =>
    new Promise<never>((resolve, reject) => {
      if (stopped) return reject(stopped);
      const call = ++calls;
      waiting.set(call, { resolve: resolve, reject });
      wire.post({ call, method, args }, transfer);
    });

  return {
    call: (method, ...args) => send(method, args, []),
    send,
    async close() {
      closing = true;
      await wire.end();
    },
  };
}

/** Options of V8 hold for the whole process: Node.js refuses them for a thread. What has no dash is the value of one before. */
function fitsThreads(option: string): boolean {
  if (!option.startsWith('-')) return true;
  const name = option.split('=')[0] ?? '';
  return process.allowedNodeEnvironmentFlags.has(name) && !/^--(max|min|initial)-.*size|^--expose-gc/.test(name);
}

interface Wire {
  post(message: unknown, transfer: readonly Transferable[]): void;
  end(): Promise<unknown>;
}

function inItsOwn<Event>(
  url: URL,
  { name, data, resourceLimits }: WorkerOptions<Event>,
  hear: (message: WorkerMessage) => void,
  failed: (error: unknown) => void,
  ended: (reason: string) => void,
): Wire {
  const worker = new Worker(url, {
    name,
    workerData: data,
    // On Node.js 22 SQLite still counts as experimental, which need not trouble whoever reads the log.
    execArgv: [...process.execArgv.filter(fitsThreads), '--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION, ...resourceLimits },
  });
  threads.add(worker);
  let reason: string | undefined;
  worker.on('message', hear);
  worker.on('error', (error: unknown) => {
    failed(error);
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', (code) => {
    threads.delete(worker);
    ended(reason ?? `exit code ${code}`);
  });
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    end: () => worker.terminate(),
  };
}

async function inThisThread<Event>(
  url: URL,
  { data }: WorkerOptions<Event>,
  hear: (message: WorkerMessage) => void,
  ended: (reason: string) => void,
): Promise<Wire> {
  const local = await loadHere(url, data, (message) => hear(message as WorkerMessage));
  return {
    post: (message, transfer) => local.post(message, transfer),
    end() {
      local.end();
      ended('it was closed');
      return Promise.resolve();
    },
  };
}
