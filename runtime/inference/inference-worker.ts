/** The thread in which ONNX Runtime lives: it blocks whoever calls it, and its start costs tens of milliseconds. */
import { checkRunnable, readOnnx } from '../onnx-format/index.ts';
import { serveWorker } from '../workers/index.ts';
import { errors } from './errors.ts';
import { chooseTier } from './tiers/choose.ts';
import type { Tensors, TierName, TierSession } from './tiers/tier.ts';

export interface InferenceWorkerData {
  readonly tier: TierName | undefined;
}

export interface LoadedSession {
  readonly tier: TierName;
  readonly why: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export type InferenceMethods = {
  /** Loads a model under a key of the caller's. */
  load(key: string, model: string, onnx: Uint8Array): Promise<LoadedSession>;
  run(key: string, model: string, feeds: Tensors): Promise<Tensors>;
  /** µs of one run, the median of several. */
  time(key: string, feeds: Tensors): Promise<number>;
  release(key: string): Promise<void>;
};

serveWorker<never, InferenceWorkerData>(({ data }) => {
  const chosen = chooseTier(data.tier);
  // It is awaited by the first load.
  chosen.catch(() => undefined);
  const sessions = new Map<string, TierSession>();

  const methods: InferenceMethods = {
    async load(key, model, onnx) {
      // Refuses what would end the process in ONNX Runtime, which nothing could catch.
      checkRunnable(readOnnx(onnx));
      const { tier, why } = await chosen;
      const session = await tier.create(onnx).catch((thrown: unknown) => {
        throw errors.MODEL_NOT_LOADED({ model, tier: tier.name, reason: reasonOf(thrown) });
      });
      sessions.set(key, session);
      return { tier: tier.name, why, inputs: session.inputs, outputs: session.outputs };
    },
    async run(key, model, feeds) {
      const session = sessions.get(key);
      if (!session) throw errors.INFERENCE_CLOSED({ model });
      return await session.run(feeds).catch((thrown: unknown) => {
        throw errors.MODEL_RUN_FAILED({ model, reason: reasonOf(thrown) });
      });
    },
    async time(key, feeds) {
      const session = sessions.get(key);
      if (!session) return 0;
      const times: number[] = [];
      const begun = performance.now();
      // Two to warm up; a slow one is not asked often.
      while (times.length < 3 || (times.length < 60 && performance.now() - begun < TIMED)) {
        const from = performance.now();
        await session.run(feeds);
        times.push((performance.now() - from) * 1000);
      }
      return median(times.slice(2));
    },
    async release(key) {
      const session = sessions.get(key);
      sessions.delete(key);
      await session?.release();
    },
  };
  return methods;
});

/** ms */
const TIMED = 30;

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
