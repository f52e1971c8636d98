import type { Clock } from '../../base/index.ts';
import type { DataSets } from '../../datasets/index.ts';
import type { EvaluationReport } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { type Measured, runApart } from '../../training/index.ts';
import type { Queue } from './queue.ts';
import type { Reports } from './reports.ts';

export interface EvaluationTools {
  readonly dataSets: DataSets;
  readonly clock: Clock;
  readonly reports: Reports;
  readonly queue: Queue;
  /** What can be ended, for as long as it runs. */
  readonly running: Set<() => void>;
}

/** Measures one model, or two on the same rows, in a process of its own. */
export async function runEvaluation(
  { dataSets, clock, reports, queue, running }: EvaluationTools,
  dataSet: string,
  champion: ModelPackage,
  challenger: ModelPackage | undefined,
): Promise<EvaluationReport> {
  const measured = async ({ directory, digest }: ModelPackage): Promise<Measured> => {
    const kept = await reports.find(digest);
    return { directory, ...(kept?.report.dataSet.name === dataSet && { learnt: kept.learnt }) };
  };
  const first = await measured(champion);
  const second = challenger && (await measured(challenger));
  const outcome = await queue.run(async () => {
    const apart = await runApart(
      {
        ...{ kind: 'evaluate', dataSets: dataSets.directories, dataSet, champion: first },
        ...(second && { challenger: second }),
      },
      clock,
    );
    const cancel = () => apart.cancel();
    running.add(cancel);
    return await apart.outcome.finally(() => running.delete(cancel));
  });
  const identity = ({ manifest: { name, version }, digest }: ModelPackage) => ({ name, version, digest });
  return {
    ...{ model: identity(champion), dataSet, words: outcome.words, evaluation: outcome.champion },
    ...(challenger && outcome.challenger && { challenger: { model: identity(challenger), ...outcome.challenger } }),
    time: clock.now(),
  };
}
