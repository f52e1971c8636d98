import { systemClock } from '../../base/index.ts';
import { type LoadedExamples, openDataSets } from '../../datasets/index.ts';
import type { Finding } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { numbersLimit } from './limits.ts';
import type { Job } from './protocol.ts';

/**
 * Every example of the job's data set, and what should be known of them. A training freezes the version that it learns from, so
 * that it can be looked at later.
 *
 * @throws DATA_SET_NOT_FOUND, DATA_SET_EMPTY, DATA_SET_TOO_LARGE
 */
export async function openExamples(
  job: Job,
): Promise<{ readonly examples: LoadedExamples; readonly findings: readonly Finding[] }> {
  const { own, shipped } = job.dataSets;
  const dataSets = openDataSets({ directory: own, shipped, clock: systemClock });
  try {
    const dataSet = await dataSets.find(job.dataSet);
    const { examples: rows, columns, window, shipped: readOnly } = await dataSet.summary();
    const numbers = rows * columns.length * (window?.samples ?? 1);
    if (numbers > numbersLimit.value) {
      numbersLimit.cost();
      throw errors.DATA_SET_TOO_LARGE({ name: job.dataSet, examples: rows, numbers, limit: numbersLimit.value });
    }
    if (job.kind === 'evaluate') return { examples: await dataSet.load(), findings: [] };
    const version = readOnly ? undefined : (await dataSet.freeze(`${job.model} ${job.version}`)).digest;
    return { examples: await dataSet.load(version), findings: await dataSet.findings() };
  } finally {
    await dataSets.close();
  }
}
