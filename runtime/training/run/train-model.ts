import type { Clock } from '../../base/index.ts';
import type { LoadedExamples } from '../../datasets/index.ts';
import { createInference } from '../../inference/index.ts';
import type { Finding, Trial, TrainingReport } from '../../messages/index.ts';
import { type Manifest, type PackageParts, sealPackage, writePackage } from '../../models/package/index.ts';
import { chooseTrainer } from '../automatic/choose-trainer.ts';
import { type CrossValidated, crossValidate } from '../automatic/cross-validate.ts';
import { costOf, WORK_EACH_SECOND } from '../automatic/cost.ts';
import { inSentence } from '../automatic/explain.ts';
import { some } from '../automatic/some-rows.ts';
import { calibrate } from '../calibration/calibrate.ts';
import { withScaling } from '../calibration/with-scaling.ts';
import { errors } from '../errors.ts';
import { evaluateAnswers } from '../evaluation/evaluate-answers.ts';
import { fitRows, formFor } from '../fit/fit-rows.ts';
import { parseSettings } from '../fit/parse-settings.ts';
import type { Fitted, Trainer } from '../fit/trainer.ts';
import { outputsOf, selectRows } from '../fit/training-set.ts';
import { checkRows } from '../package/check-rows.ts';
import { makeVectors } from '../package/make-vectors.ts';
import { metricsOf } from '../package/metrics-of.ts';
import { referenceRows } from '../package/reference-rows.ts';
import { prepare } from '../prepare/prepare.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { foldsOf } from '../split/folds.ts';
import { type HeldOut, holdOut } from '../split/hold-out.ts';
import { TRAINERS } from '../trainers/catalogue.ts';
import { answeredOf } from './answered.ts';
import type { TrainingJob, TrainingOutcome } from './job.ts';
import { createProgress, type Progress } from './progress.ts';

export interface TrainingSurroundings {
  readonly clock: Clock;
  /** Of the data set itself. */
  readonly findings?: readonly Finding[];
  /** @param done 0 to 1 */
  readonly step: (done: number, words: string) => void;
}

/** Folds by which a calibration is fitted, and rows that it is fitted by. */
const CALIBRATION_FOLDS = 3;
const CALIBRATION_ROWS = 10_000;

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
  const progress = createProgress(step, () => now() < choices.seconds);

  const prepared = prepare(examples, choices, undefined, (done) => progress.part(0, 0.05)(done, 'features of windows'));
  const split = holdOut(prepared, choices);
  const learnt = split.train.filter((row) => prepared.anomalous[row] !== 1);
  checkLearnable(prepared, split);
  const { trainer, settings, tried, why, result } = choose(job, prepared, split, progress, now);

  const fit = { settings, by: split.by, balance: choices.balance, seed: choices.seed };
  const folds =
    choices.folds > 1
      ? crossValidate(
          ...([trainer, prepared, split.train, foldsOf(prepared, split.train, split.by, choices.folds), fit] as const),
          progress.part(0.4, 0.5),
        )
      : undefined;
  const teach = progress.part(0.5, 0.75);
  const raw = fitRows(trainer, prepared, split.train, fit, (done, words) =>
    teach(done, `${inSentence(trainer.title)}, ${words}`),
  );
  const fitted = calibrated(...([raw, trainer, prepared, split, fit, choices, folds ?? result, progress] as const));
  const form = formFor(trainer, prepared);
  const tested = answeredOf(fitted, prepared, form, split.test);
  const evaluation = evaluateAnswers(tested);

  const note = `${trainer.title}: ${fitted.words}. ${why}`;
  const parts = packageParts(
    job,
    examples,
    prepared,
    split,
    { trainer, settings, fitted, note },
    metricsOf(split.words, evaluation),
  );
  const inference = createInference({ clock, tier: 'native', thread: 'here' });
  try {
    const all = selectRows(form, [...learnt, ...split.test]);
    const check = progress.part(0.85, 0.97);
    const difference = await checkRows(inference, sealPackage(parts).pkg, fitted, all, {
      step: (done) => void check(done, 'comparing with ONNX Runtime'),
    });
    const pkg = await writePackage(job.staging, parts);
    const report: TrainingReport = {
      model: { name: job.model, version: job.version, digest: pkg.digest },
      task: prepared.task,
      dataSet: { name: examples.name, digest: examples.digest, examples: examples.rows },
      trainer: { name: trainer.name, title: trainer.title, settings: settings as Record<string, unknown> },
      why,
      tried: [...tried],
      split: split.words,
      evaluation,
      ...(folds && { folds: { mean: folds.mean, deviation: folds.deviation, values: [...folds.values] } }),
      findings: [...known, ...prepared.findings],
      seconds: now(),
      difference,
      time: clock.now(),
    };
    return { report, learnt: Int32Array.from(learnt, (row) => prepared.ids[row] as number) };
  } finally {
    await inference.close();
  }
}

/** @throws LABELS_TOO_FEW, EXAMPLES_TOO_FEW if what is left to learn from is not enough */
function checkLearnable(prepared: Prepared, { train, test }: HeldOut): void {
  const { task, strata, rows } = prepared;
  const learnt = train.filter((row) => prepared.anomalous[row] !== 1);
  if (learnt.length < 2 || test.length < 1)
    throw errors.EXAMPLES_TOO_FEW({ usable: learnt.length, of: rows, needed: 4 });
  if (task !== 'classification') return;
  const classes = prepared.features?.target.task === 'classification' ? prepared.features.target.classes : [];
  const present = new Set(Array.from(learnt, (row) => strata[row]));
  const missing = classes.filter((_, code) => !present.has(code));
  if (missing.length > 0) throw errors.LABEL_ONLY_TESTED({ labels: missing });
}

interface Choice {
  readonly trainer: Trainer;
  readonly settings: unknown;
  readonly tried: readonly Trial[];
  readonly why: string;
  readonly result?: CrossValidated;
}

/** @throws TASK_UNSUITABLE, TRAINER_SETTING_INVALID */
function choose(
  { choices }: TrainingJob,
  prepared: Prepared,
  split: HeldOut,
  progress: Progress,
  now: () => number,
): Choice {
  const { trainer: name, seconds, balance, seed, settings } = choices;
  if (name === 'automatic') {
    const around = { choices: { by: split.by, balance, seed }, seconds, now, step: progress.part(0.05, 0.4) };
    const chosen = chooseTrainer(prepared, split.train, around);
    return { ...chosen, settings: parseSettings(chosen.trainer, {}) };
  }
  const trainer = TRAINERS[name];
  if (!trainer?.tasks.includes(prepared.task)) {
    throw errors.TASK_UNSUITABLE({ trainer: trainer?.title ?? name, task: prepared.task });
  }
  return {
    ...{ trainer, settings: parseSettings(trainer, settings), tried: [] },
    why: `${trainer.title} was chosen by you.`,
  };
}

function calibrated(
  fitted: Fitted,
  trainer: Trainer,
  prepared: Prepared,
  split: HeldOut,
  fit: Parameters<typeof fitRows>[3],
  choices: TrainingJob['choices'],
  known: CrossValidated | undefined,
  progress: Progress,
): Fitted {
  if (prepared.task !== 'classification' || choices.calibrate === 'off') return fitted;
  const form = formFor(trainer, prepared);
  const result = known ?? crossed();
  if (!result || form.target.task !== 'classification') return fitted;
  const { codes, classes } = form.target;
  const scaling = calibrate(
    {
      ...{ rows: result.rows.length, classes: classes.length, scores: result.answers },
      codes: Int32Array.from(result.rows, (row) => codes[row] as number),
    },
    choices.calibrate,
  );
  return scaling ? withScaling(fitted, scaling) : fitted;

  /** Nobody has cross-validated it yet: once for this, if there is time. */
  function crossed(): CrossValidated | undefined {
    const rows = some(split.train, CALIBRATION_ROWS);
    const size = { rows: rows.length, width: form.width, outputs: outputsOf(form.target) };
    const cost = (CALIBRATION_FOLDS * costOf(trainer.name, size)) / WORK_EACH_SECOND;
    if (choices.calibrate === 'auto' && cost > choices.seconds / 2) return undefined;
    const folds = foldsOf(prepared, rows, split.by, CALIBRATION_FOLDS);
    return crossValidate(trainer, prepared, rows, folds, fit, progress.part(0.75, 0.85));
  }
}

interface Made {
  readonly trainer: Trainer;
  readonly settings: unknown;
  readonly fitted: Fitted;
  readonly note: string;
}

function packageParts(
  { model, version, parent, choices }: TrainingJob,
  examples: LoadedExamples,
  prepared: Prepared,
  split: HeldOut,
  { trainer, settings, fitted, note }: Made,
  metrics: NonNullable<Manifest['metrics']>,
): PackageParts {
  const form = formFor(trainer, prepared);
  const reference = referenceRows(prepared, form, split.train);
  const ofFeatures = trainer.takes === 'features';
  return {
    manifest: {
      ...{ name: model, version, task: prepared.task },
      inputs: [...fitted.inputs],
      outputs: [...fitted.outputs],
      ...(form.target.task === 'classification' && { labels: [...form.target.classes] }),
      ...(fitted.threshold !== undefined && { threshold: fitted.threshold }),
      ...(ofFeatures && prepared.recipe && { recipe: prepared.recipe }),
      ...(reference && {
        reference: { description: `${reference.rows.length} of ${split.train.length} examples that it learnt from` },
      }),
      vectors: makeVectors(fitted, form, prepared, split.test),
      metrics,
      lineage: {
        data: examples.digest,
        dataSet: examples.name,
        ...(parent !== undefined && { parent }),
        trainer: { name: trainer.name, settings: settings as Record<string, unknown> },
        split: { by: split.by, share: choices.testShare, task: prepared.task },
        seed: choices.seed,
        note,
      },
    },
    onnx: fitted.onnx(),
    ...(reference && { reference }),
  };
}
