import { createBatcher } from './batching/create-batcher.ts';
import type { ModelSession } from './model-session.ts';
import type { RunningModel } from './running-model.ts';

/** A model that ONNX Runtime runs, in its own thread. */
export function runSession(
  session: ModelSession,
  together: boolean,
  { tier, why, microseconds }: Pick<RunningModel, 'tier' | 'why' | 'microseconds'>,
): RunningModel {
  const batcher = createBatcher((feeds) => session.run(feeds), together);
  return {
    tier,
    why,
    microseconds,
    rowsAtOnce: 0,
    now() {
      throw new Error(`the ${tier} tier does not answer at once`);
    },
    run: (feeds, rows) => batcher.ask(feeds, rows),
    async release() {
      await batcher.idle();
      await session.release();
    },
  };
}
