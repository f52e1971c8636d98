import { newId } from '../base/index.ts';
import type { Engine, InferenceWorker } from './engine.ts';
import type { LoadedSession } from './inference-worker.ts';
import type { Tensors } from './tiers/tier.ts';

/** One model in the worker, whichever worker that is at the time. */
export interface ModelSession {
  /** Loads the model where it is not loaded. */
  load(): Promise<LoadedSession>;
  run(feeds: Tensors): Promise<Tensors>;
  /** µs that one run takes in the worker. */
  time(feeds: Tensors): Promise<number>;
  release(): Promise<void>;
}

interface Loaded {
  readonly worker: InferenceWorker;
  readonly session: Promise<LoadedSession>;
}

/**
 * @param name for messages
 * @param onnx kept, because a worker that died takes its sessions along
 */
export function createModelSession(engine: Engine, name: string, onnx: Uint8Array): ModelSession {
  const key = newId();
  let loaded: Loaded | undefined;

  const ensure = async (): Promise<Loaded> => {
    const worker = await engine.worker(name);
    if (loaded?.worker !== worker) loaded = { worker, session: worker.call('load', key, name, onnx) };
    const current = loaded;
    try {
      await current.session;
    } catch (thrown) {
      // Kept, it would fail every later request too.
      if (loaded === current) loaded = undefined;
      throw thrown;
    }
    return current;
  };

  return {
    load: () => engine.answer(name, async () => await (await ensure()).session),
    run: (feeds) => engine.answer(name, async () => await (await ensure()).worker.call('run', key, name, feeds)),
    time: (feeds) => engine.answer(name, async () => await (await ensure()).worker.call('time', key, feeds)),
    async release() {
      const worker = loaded?.worker;
      loaded = undefined;
      // A worker that has died has released everything.
      if (worker) await engine.answer(name, () => worker.call('release', key)).catch(() => undefined);
    },
  };
}
