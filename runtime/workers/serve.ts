import type { Transferable } from 'node:worker_threads';
import { toPlainError } from '../base/index.ts';
import { compactHeap } from './compact-heap.ts';
import { ownPort } from './here.ts';
import type { CallMessage, CompactMessage, Methods, WorkerMessage } from './protocol.ts';

export interface WorkerSide<Event, Data> {
  /** What `startWorker` was given as `data`. */
  readonly data: Data;
  /** Tells the starting thread something it did not ask for. */
  emit(event: Event, transfer?: readonly Transferable[]): void;
}

/**
 * Called once at the top level of a worker's file: answers calls with the methods that `make` returns.
 *
 * @throws {Error} if the file was not started as a worker
 */
export function serveWorker<Event = never, Data = undefined>(make: (side: WorkerSide<Event, Data>) => Methods): void {
  const port = ownPort();
  const post = (message: WorkerMessage, transfer: readonly Transferable[] = []) => port.post(message, transfer);
  const methods = make({
    data: port.data as Data,
    emit: (event, transfer) => post({ event }, transfer),
  });
  const answer = async ({ call, method, args }: CallMessage) => {
    try {
      const run = methods[method] as ((...args: readonly unknown[]) => unknown) | undefined;
      if (!run) throw new Error(`no method "${method}"`);
      post({ answer: call, value: await run(...args) });
    } catch (thrown) {
      post({ answer: call, error: toPlainError(thrown) });
    }
  };
  port.listen((message: CallMessage | CompactMessage) => {
    if ('compact' in message) compactHeap();
    else void answer(message);
  });
  post({ ready: true });
}
