import { join } from 'node:path';
import { systemClock } from '../base/index.ts';
import { openDataSets } from '../datasets/index.ts';
import { createLearning, type Learning } from '../services/index.ts';
import { withModels } from './open-models.ts';

/** Opens data sets and models of a user directory for as long as the work takes. Ctrl-C ends what runs, and leaves nothing behind. */
export async function withLearning<T>(
  userDir: string,
  work: (learning: Learning, stopped: AbortSignal) => Promise<T>,
): Promise<T> {
  return await withModels(userDir, async (models) => {
    const directory = join(userDir, 'millrace');
    const dataSets = openDataSets({ directory: join(directory, 'data'), clock: systemClock });
    const learning = await createLearning({
      directory: join(directory, 'learning'),
      dataSets,
      models,
      clock: systemClock,
    });
    const controller = new AbortController();
    const stop = () => controller.abort();
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.once(signal, stop);
    try {
      return await work(learning, controller.signal);
    } finally {
      for (const signal of signals) process.off(signal, stop);
      await learning.close();
      await dataSets.close();
    }
  });
}
