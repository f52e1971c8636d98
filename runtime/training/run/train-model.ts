import type { Clock } from '../../base/index.ts';
import type { LoadedExamples } from '../../datasets/index.ts';
import { createInference, type Inference } from '../../inference/index.ts';
import type { Finding, TrainingReport } from '../../messages/index.ts';
import {
  type ModelPackage,
  type PackageParts,
  readPackage,
  sealPackage,
  writePackage,
} from '../../models/package/index.ts';
import { crossValidate } from '../automatic/cross-validate.ts';
import { inSentence } from '../automatic/explain.ts';
import { checkJoined } from '../embedding/check-joined.ts';
import { embed } from '../embedding/embed.ts';
import { evaluateAnswers } from '../evaluation/evaluate-answers.ts';
import { fitRows, formFor } from '../fit/fit-rows.ts';
import { selectRows } from '../fit/training-set.ts';
import { checkRows } from '../package/check-rows.ts';
import { prepare } from '../prepare/prepare.ts';
import { foldsOf } from '../split/folds.ts';
import { holdOut } from '../split/hold-out.ts';
import { answeredOf } from './answered.ts';
import { calibrated } from './calibrated.ts';
import { checkLearnable } from './check-learnable.ts';
import { choose } from './choose.ts';
import { findingsOf, timeOver } from './findings.ts';
import type { TrainingJob, TrainingOutcome } from './job.ts';
import { behindEmbedding, type Made, packageParts } from './package-parts.ts';
import { createProgress } from './progress.ts';

export interface TrainingSurroundings {
  readonly clock: Clock;
  /** Of the data set itself. */
  readonly findings?: readonly Finding[];
  /** @param done 0 to 1 */
  readonly step: (done: number, words: string) => void;
}

/**
 * The whole way from examples to a model package in the staging folder: prepare, hold out, choose, train, calibrate, evaluate,
 * write, check every row against ONNX Runtime.
 *
 * @throws what is wrong with the examples or the choices; MODEL_DISAGREES
 */
export async function trainModel(
  job: TrainingJob,
  examples: LoadedExamples,
  { clock, step, findings: known = [] }: TrainingSurroundings,
): Promise<TrainingOutcome> {
  const { choices } = job;
  const begun = clock.monotonic();
  const now = () => (clock.monotonic() - begun) / 1000;
  // The time allowed is for learning: what it takes to make features of windows is no choice.
  let learning = Infinity;
  const isTimeLeft = () => now() - learning < choices.seconds;
  const progress = createProgress(step, isTimeLeft);
  const inference = createInference({ clock, thread: 'here' });
  try {
    const first = progress.part(0, 0.05);
    const front = job.embedding === undefined ? undefined : await readPackage(job.embedding);
    const embedded =
      front && (await embed(inference, front, examples, (done) => void first(done, 'asking the embedding')));
    const prepared = prepare(examples, choices, embedded, (done) => void first(done, 'features of windows'));
    const split = holdOut(prepared, choices);
    checkLearnable(prepared, split);
    learning = now();
    const { trainer, settings, tried, why, result } = choose(job, prepared, split, progress, now);

    const fit = { settings, by: split.by, balance: choices.balance, seed: choices.seed };
    const folds =
      choices.folds > 1
        ? crossValidate(
            ...([
              trainer,
              prepared,
              split.train,
              foldsOf(prepared, split.train, split.by, choices.folds),
              fit,
            ] as const),
            progress.part(0.4, 0.5),
          )
        : undefined;
    const teach = progress.part(0.5, 0.75);
    const raw = fitRows(trainer, prepared, split.train, fit, (done, words) =>
      teach(done, `${inSentence(trainer.title)}, ${words}`),
    );
    const cutShort = !isTimeLeft();
    const fitted = calibrated(...([raw, trainer, prepared, split, fit, choices, folds ?? result, progress] as const));
    const evaluation = evaluateAnswers(answeredOf(fitted, prepared, formFor(trainer, prepared), split.test));

    const made: Made = { examples, prepared, split, trainer, settings, fitted, evaluation, why };
    const parts = packageParts(job, made);
    const check = progress.part(0.85, 0.97);
    const checked = await checkMade(
      inference,
      parts,
      made,
      front,
      (done) => void check(done, 'comparing with ONNX Runtime'),
    );
    const pkg = await writePackage(job.staging, checked.parts);
    const report: TrainingReport = {
      model: { name: job.model, version: job.version, digest: pkg.digest },
      task: prepared.task,
      dataSet: { name: examples.name, digest: examples.digest, examples: examples.rows },
      trainer: { name: trainer.name, title: trainer.title, settings: settings as Record<string, unknown> },
      ...{ why, tried: [...tried], split: split.words, testedBy: split.by, evaluation },
      ...(folds && { folds: { mean: folds.mean, deviation: folds.deviation, values: [...folds.values] } }),
      findings: [
        ...(cutShort ? [timeOver(trainer.title, choices.seconds)] : []),
        ...findingsOf(known, examples, prepared, split, (folds ?? result) !== undefined),
      ],
      ...{ seconds: now(), difference: checked.difference, time: clock.now() },
    };
    const learnt = split.train.filter((row) => prepared.anomalous[row] !== 1);
    return { report, learnt: learnt.map((row) => prepared.ids[row] as number) };
  } finally {
    await inference.close();
  }
}

/** Asks ONNX Runtime every row that was learnt from or tested on; behind an embedding, both together once more. */
async function checkMade(
  inference: Inference,
  parts: PackageParts,
  made: Made,
  front: ModelPackage | undefined,
  step: (done: number) => void,
): Promise<{ readonly parts: PackageParts; readonly difference: number }> {
  const { examples, prepared, split, trainer, fitted } = made;
  const rows = [...split.train, ...split.test];
  const set = selectRows(formFor(trainer, prepared), rows);
  const difference = await checkRows(inference, sealPackage(parts).pkg, fitted, set, step);
  if (!front) return { parts, difference };
  const joined = behindEmbedding(parts, front, made);
  const placeOf = new Map(Array.from(examples.ids, (id, row) => [id, row]));
  const asked = rows.map((row) => placeOf.get(prepared.ids[row] as number) as number);
  const expected = fitted.predict(set.values, set.rows);
  const together = await checkJoined(inference, sealPackage(joined).pkg, examples, asked, expected);
  return { parts: joined, difference: Math.max(difference, together) };
}
