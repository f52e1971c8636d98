import type { Trial } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { isBalanced } from '../fit/class-weights.ts';
import type { FitChoices } from '../fit/fit-rows.ts';
import { formFor } from '../fit/fit-rows.ts';
import type { Trainer, TrainerRun } from '../fit/trainer.ts';
import { outputsOf } from '../fit/training-set.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { foldsOf } from '../split/folds.ts';
import { candidates } from './candidates.ts';
import { costOf, WORK_EACH_SECOND } from './cost.ts';
import { type CrossValidated, crossValidate } from './cross-validate.ts';
import { defaults } from '../fit/parse-settings.ts';
import { explain, inSentence } from './explain.ts';
import { some } from './some-rows.ts';

/** Rows among which trainers are compared: more would not change which is better. */
const COMPARED = 10_000;
const FOLDS = 5;
/** Of the time allowed; the rest is for the one that is taken. */
const SHARE = 0.6;

export interface Tried {
  readonly trainer: Trainer;
  readonly trial: Trial;
  readonly result?: CrossValidated;
}

export interface ChosenTrainer {
  readonly trainer: Trainer;
  readonly tried: readonly Trial[];
  /** One sentence. */
  readonly why: string;
  readonly result?: CrossValidated;
}

interface Surroundings {
  readonly choices: Omit<FitChoices, 'settings'>;
  readonly seconds: number;
  /** Seconds that never go back, for what is told; work is counted. */
  now(): number;
  step: TrainerRun['step'];
}

/**
 * Tries what fits the examples, by cross-validation on the rows to learn from, and takes the simplest that is within one standard
 * error of the best. What is tried is decided by counted work, so that the same examples give the same choice; where the time is
 * over all the same, the sentence says so.
 *
 * @param train rows of `prepared`
 * @throws TRAINERS_FAILED if not one of them learnt anything; EXAMPLES_TOO_FEW if none can be held out to compare by
 * @see Breiman, Friedman, Olshen, Stone, Classification and Regression Trees (1984): the one-standard-error rule
 */
export function chooseTrainer(prepared: Prepared, train: Int32Array, around: Surroundings): ChosenTrainer {
  const normal = train.filter((row) => prepared.anomalous[row] !== 1);
  const list = candidates(prepared, normal.length);
  if (prepared.task === 'anomaly' && !train.some((row) => prepared.anomalous[row] === 1)) {
    return byRule(list, prepared, normal.length);
  }
  const chosen = some(train, COMPARED);
  const folds = foldsOf(prepared, chosen, around.choices.by, FOLDS);
  if (folds.length === 0) {
    const { rows } = prepared;
    throw errors.EXAMPLES_TOO_FEW({ usable: rows, of: rows, needed: 2 * rows });
  }
  const alike = countAlike(prepared, chosen, around.choices.balance);
  let budget = around.seconds * SHARE * WORK_EACH_SECOND;
  const started = around.now();
  let timeWasOver = false;
  const tried: Tried[] = [];
  for (const [at, trainer] of list.entries()) {
    const { title } = trainer;
    const begun = around.now();
    const trial = (more: Partial<Trial>): Trial => ({
      ...{ trainer: trainer.name, title, seconds: around.now() - begun, ...more },
    });
    const form = formFor(trainer, prepared);
    const rows = (chosen.length * (folds.length - 1)) / folds.length;
    const cost = folds.length * costOf(trainer.name, { rows, width: form.width, outputs: outputsOf(form.target) });
    if (timeWasOver || (cost > budget && at > 0)) {
      tried.push({ trainer, trial: trial({ problem: 'It would take longer than is allowed.' }) });
      continue;
    }
    budget -= cost;
    try {
      let going = true;
      const result = crossValidate(
        ...([trainer, prepared, chosen, folds, { ...around.choices, settings: defaults(trainer) }] as const),
        (done, words) => {
          going &&= around.step((at + done) / list.length, `trying ${inSentence(title)}, ${words}`);
          // What is left is for the one that is taken: tried at length and learnt in no time, it would know nothing.
          going &&= around.now() - started < around.seconds * SHARE;
          return going;
        },
        alike,
      );
      timeWasOver = !going;
      if (!result || !Number.isFinite(result.mean)) {
        tried.push({ trainer, trial: trial({ problem: going ? 'It gave no answers.' : 'The time was over.' }) });
      } else {
        const problem = going
          ? {}
          : { problem: `The time was over after ${result.values.length} of ${folds.length} folds.` };
        tried.push({ trainer, trial: trial({ score: result.mean, ...problem }), result });
      }
    } catch (thrown) {
      const { message, code } = thrown as { message: string; code?: string };
      if (code === 'TRAINING_CANCELLED') throw thrown;
      tried.push({ trainer, trial: trial({ problem: message }) });
    }
  }
  const scored = tried.filter((each): each is Required<Tried> => each.result !== undefined);
  const [first] = [...scored].sort((a, b) => b.result.mean - a.result.mean);
  const [simplest] = list;
  if (!first && timeWasOver && simplest) {
    const why = `${simplest.title}, the simplest: the time allowed was over before anything could be compared.`;
    return { trainer: simplest, tried: tried.map(({ trial }) => trial), why };
  }
  if (!first) throw errors.TRAINERS_FAILED({ reasons: tried.map(({ trial }) => `${trial.title}: ${trial.problem}`) });
  const near = first.result.mean - first.result.error;
  const taken = scored.find(({ result }) => result.mean >= near) ?? first;
  return {
    trainer: taken.trainer,
    tried: tried.map(({ trial }) => trial),
    why: explain({ task: prepared.task, taken, best: first, scored, timeWasOver, alike }),
    result: taken.result,
  };
}

/** Whether rare labels get weights: then a trainer is not to win by naming the common ones alone. */
function countAlike(
  { features, windows, strata }: Prepared,
  rows: Int32Array,
  balance: FitChoices['balance'],
): boolean {
  const target = (features ?? windows)?.target;
  if (target?.task !== 'classification') return false;
  return isBalanced({ ...target, codes: rows.map((row) => strata[row] as number) }, balance);
}

/** Rows each column above which the columns' spread can be told. */
const ROWS_EACH_COLUMN = 5;

/** Without one known anomaly nothing tells which is better: by what the examples allow. */
function byRule(list: readonly Trainer[], { features }: Prepared, rows: number): ChosenTrainer {
  const named = (name: string) => list.find((trainer) => trainer.name === name);
  const width = features?.width ?? 1;
  const enough = rows >= ROWS_EACH_COLUMN * width;
  const trainer = (enough ? named('mahalanobis') : undefined) ?? named('isolation-forest') ?? list[0];
  if (!trainer) throw errors.TRAINERS_FAILED({ reasons: ['there is none for this task'] });
  const because =
    trainer.name === 'mahalanobis'
      ? `${rows} examples are enough to learn how ${width} features move together`
      : `${rows} examples are too few to learn how ${width} features move together`;
  return { trainer, tried: [], why: `${trainer.title}: ${because}; no known anomaly was there to compare by.` };
}
