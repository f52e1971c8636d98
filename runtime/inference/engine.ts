import { asMillraceError, type Clock, counter } from '../base/index.ts';
import { startWorker, type WorkerHandle, type WorkerThread, workerUrl } from '../workers/index.ts';
import { errors } from './errors.ts';
import type { InferenceMethods, InferenceWorkerData } from './inference-worker.ts';
import type { TierName } from './tiers/tier.ts';

export type InferenceWorker = WorkerHandle<InferenceMethods>;

/** The worker thread of one process: started by the first model, and anew by the first request after it died. */
export interface Engine {
  /** @throws INFERENCE_CLOSED after `close` */
  worker(model: string): Promise<InferenceWorker>;
  /**
   * Waits for an answer of the worker, with the time held.
   *
   * @throws INFERENCE_STOPPED if the worker ends before it answers
   */
  answer<T>(model: string, work: () => Promise<T>): Promise<T>;
  /** Lets the worker answer what it was asked, then ends it. */
  close(): Promise<void>;
}

const stops = counter('millrace_inference_worker_stops_total', 'How often the inference worker died');

const WORKER = workerUrl(import.meta.url, './inference-worker');

/**
 * @param tier   asked when a worker starts; `undefined`: whichever loads
 * @param thread where ONNX Runtime lives: in this thread an answer costs no way there and back, but holds up all else
 */
export function createEngine(
  clock: Clock,
  tier: () => TierName | undefined,
  file: URL = WORKER,
  thread: WorkerThread = 'own',
): Engine {
  let running: Promise<InferenceWorker> | undefined;
  let closed = false;
  const pending = new Set<Promise<unknown>>();

  const start = () => {
    const data: InferenceWorkerData = { tier: tier() };
    const started = startWorker<InferenceMethods>(file, {
      name: 'inference',
      data,
      thread,
      onStopped: () => {
        stops.add();
        forget();
      },
    });
    // A worker that has been replaced must not take its successor along.
    const forget = () => {
      if (running === started) running = undefined;
    };
    started.catch(forget);
    return started;
  };

  return {
    async worker(model) {
      if (closed) throw errors.INFERENCE_CLOSED({ model });
      return await (running ??= start());
    },
    async answer(model, work) {
      const answer = clock.hold(work());
      pending.add(answer);
      try {
        return await answer;
      } catch (thrown) {
        const error = asMillraceError(thrown);
        if (error.code !== 'WORKER_STOPPED') throw error;
        throw errors.INFERENCE_STOPPED({ model, reason: error.message }, { cause: error });
      } finally {
        pending.delete(answer);
      }
    },
    async close() {
      closed = true;
      // A thread that is ended in the middle of a native run takes the whole process along.
      await Promise.allSettled(pending);
      const worker = running;
      await (await worker?.catch(() => undefined))?.close();
    },
  };
}
