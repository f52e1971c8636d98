import { asMillraceError, type Clock } from '../../base/index.ts';
import type { ModelProposal } from '../../messages/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { ModelPackage } from '../package/index.ts';

/** What running it once has shown. */
export type Trial = Pick<ModelProposal, 'sample' | 'tier' | 'why' | 'microseconds'>;

/** Predictions are timed for so long, ms, and at the most so often. */
const TIMED = { ms: 40, runs: 200 };

/** Asks the model once, as an infer node would, and measures it. What goes wrong is part of the answer. */
export async function tryModel(inference: Inference, pkg: ModelPackage, input: unknown, clock: Clock): Promise<Trial> {
  try {
    const predictor = await inference.open(pkg);
    try {
      const { tier, why } = predictor;
      const { payload } = await predictor.predict(input);
      const times: number[] = [];
      for (let spent = 0; spent < TIMED.ms && times.length < TIMED.runs; spent += times.at(-1) ?? 0) {
        const begun = clock.monotonic();
        await predictor.predict(input);
        times.push(clock.monotonic() - begun);
      }
      const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
      return { sample: { input, prediction: payload }, tier, why, microseconds: Math.round(median * 1e4) / 10 };
    } finally {
      await predictor.close();
    }
  } catch (thrown) {
    const { code, message, hint } = asMillraceError(thrown);
    return { sample: { input, problem: { code, message, hint } } };
  }
}
