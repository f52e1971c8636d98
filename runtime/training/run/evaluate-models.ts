import type { Clock } from '../../base/index.ts';
import type { LoadedExamples } from '../../datasets/index.ts';
import { createInference } from '../../inference/index.ts';
import { type ModelPackage, readPackage } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import type { Answered } from '../evaluation/answered.ts';
import { compare } from '../evaluation/compare.ts';
import { evaluateAnswers } from '../evaluation/evaluate-answers.ts';
import { askModel, commonTruth } from './ask-model.ts';
import type { EvaluationJob, EvaluationOutcome, Measured } from './evaluation-job.ts';
import { unseenRows } from './unseen-rows.ts';

/**
 * Measures one model, or two on the same rows, on the examples that none of them has learnt from.
 *
 * @throws EVALUATION_NOTHING_LEFT, EVALUATION_UNFIT, EVALUATION_TASKS_DIFFER; what inference says of the examples
 */
export async function evaluateModels(
  job: EvaluationJob,
  examples: LoadedExamples,
  { clock, step }: { readonly clock: Clock; readonly step: (done: number, words: string) => void },
): Promise<EvaluationOutcome> {
  const measured = [job.champion, ...(job.challenger ? [job.challenger] : [])];
  const packages = await Promise.all(measured.map(({ directory }) => readPackage(directory)));
  const [champion, challenger] = packages as [ModelPackage, ModelPackage?];
  if (challenger && challenger.manifest.task !== champion.manifest.task) {
    const [a, b] = [champion.manifest, challenger.manifest];
    throw errors.EVALUATION_TASKS_DIFFER({ champion: `${a.name} (${a.task})`, challenger: `${b.name} (${b.task})` });
  }
  const unseen = unseenRows(
    examples,
    packages.map((pkg, at) => ({ pkg, ...((measured[at] as Measured).learnt && { learnt: measured[at]?.learnt }) })),
  );
  const truth = commonTruth(examples, packages, unseen.rows);
  const inference = createInference({ clock, thread: 'here' });
  try {
    const answered: Answered[] = [];
    for (const [at, pkg] of packages.entries()) {
      const tell = (done: number) =>
        step((at + done) / packages.length, `asking ${pkg.manifest.name} ${pkg.manifest.version}`);
      answered.push(await askModel(inference, pkg, examples, truth, tell));
    }
    const [ours, theirs] = answered as [Answered, Answered?];
    const identity = ({ manifest: { name, version }, digest }: ModelPackage) => ({ name, version, digest });
    return {
      words: `${unseen.words}${truth.words}`,
      champion: evaluateAnswers(ours),
      ...(challenger &&
        theirs && {
          challenger: {
            evaluation: evaluateAnswers(theirs),
            comparison: compare(
              { model: identity(champion), answered: ours },
              { model: identity(challenger), answered: theirs },
            ),
          },
        }),
    };
  } finally {
    await inference.close();
  }
}
