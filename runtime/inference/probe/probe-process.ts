/** Loads one model and runs it once, in a process of its own: some models end the process that loads them. */
import { toPlainError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { chooseTier } from '../tiers/choose.ts';
import type { ProbeAnswer, ProbeRequest } from './protocol.ts';

const MB = 1024 * 1024;

process.once('message', (request) => void answer(request as ProbeRequest));

async function answer({ model, onnx, feeds, tier: forced }: ProbeRequest): Promise<void> {
  const { tier } = await chooseTier(forced);
  const before = process.memoryUsage.rss();
  const reply: ProbeAnswer = await tier
    .create(onnx)
    .then(
      async (session) => {
        // An input that does not fit is told when the model is asked in earnest.
        await session.run(feeds).catch(() => undefined);
        const memory = Math.max(0, (process.memoryUsage.rss() - before) / MB);
        await session.release();
        return { tier: tier.name, memory };
      },
      (thrown: unknown) => {
        throw errors.MODEL_NOT_LOADED({ model, tier: tier.name, reason: reasonOf(thrown) });
      },
    )
    .catch((thrown: unknown) => ({ error: toPlainError(thrown) }));
  process.send?.(reply, () => process.exit(0));
}

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
