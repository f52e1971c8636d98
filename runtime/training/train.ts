import type { z } from 'zod';
import type { Manifest, Metrics, TestVector } from '../models/package/index.ts';
import { digestOf } from '../signal/index.ts';
import { checkExamples } from './check-examples.ts';
import { errors } from './errors.ts';
import { evaluate } from './evaluate.ts';
import type { Examples } from './examples.ts';
import type { Split } from './split.ts';
import type { Trained, Trainer } from './trainer.ts';
import { makeVectors } from './vectors.ts';

/** A trained classifier with everything of a package that training knows. */
export interface TrainingResult {
  readonly trained: Trained;
  readonly labels: readonly string[];
  readonly metrics: Metrics;
  readonly vectors: TestVector[];
  readonly onnx: Uint8Array;
  /** Ready to be completed with name, version and recipe, and written. */
  readonly manifest: Pick<Manifest, 'task' | 'inputs' | 'outputs' | 'labels' | 'vectors' | 'metrics' | 'lineage'>;
}

/** Names the label of the highest score; the first one where several are equal. */
export const labelOf = (scores: ArrayLike<number>, labels: readonly string[]): string => {
  const list = Array.from(scores);
  return labels[list.indexOf(Math.max(...list))] ?? '';
};

/**
 * Trains a classifier on one part of the examples and measures it on the other.
 *
 * @param settings of the trainer; what is left out has its default
 * @param labels   in the order of the scores; default: sorted
 * @throws EXAMPLES_INVALID, LABELS_TOO_FEW, TRAINER_SETTING_INVALID
 */
export function train<Schema extends z.ZodType>(
  trainer: Trainer<Schema>,
  { train: seen, test }: Split,
  { settings = {}, labels }: { settings?: z.input<Schema> | object; labels?: readonly string[] } = {},
): TrainingResult {
  checkExamples(seen);
  checkExamples(test);
  const order = labels ?? [...new Set(seen.labels)].sort();
  if (order.length < 2) throw errors.LABELS_TOO_FEW({ labels: order });
  const unknown = seen.labels.findIndex((label) => !order.includes(label));
  if (unknown >= 0) throw errors.EXAMPLES_INVALID({ row: unknown, problem: `unknown label "${seen.labels[unknown]}"` });
  const parsed = parseSettings(trainer, settings);

  const trained = trainer.train(seen, order, parsed);
  const predicted = trained.scores(test.rows).map((scores) => labelOf(scores, order));
  const metrics: Metrics = {
    heldOut: `${new Set(test.groups).size} of ${new Set([...seen.groups, ...test.groups]).size} runs, ${test.rows.length} windows`,
    ...evaluate(test.labels, predicted, order),
  };
  const vectors = makeVectors(trained, test, order);
  const { onnx, inputs, outputs } = trained;
  return {
    trained,
    labels: order,
    metrics,
    vectors,
    onnx,
    manifest: {
      task: trainer.task,
      inputs: [...inputs],
      outputs: [...outputs],
      labels: [...order],
      vectors,
      metrics,
      lineage: {
        data: digestOf(plain(seen)),
        trainer: { name: trainer.name, settings: parsed as Record<string, unknown> },
      },
    },
  };
}

function parseSettings<Schema extends z.ZodType>(trainer: Trainer<Schema>, settings: unknown): z.output<Schema> {
  const result = trainer.settings.safeParse(settings);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const setting = issue?.path.map(String).join('.') ?? '';
  throw errors.TRAINER_SETTING_INVALID({ trainer: trainer.name, setting, problem: issue?.message ?? 'not understood' });
}

const plain = ({ features, rows, labels, groups }: Examples) => ({
  features,
  rows: rows.map((row) => Array.from(row)),
  labels,
  groups,
});
