/** How good a model is: what `train` and `evaluate` say of one, and the sidebar draws. */
import { z } from 'zod';
import { modelIdentity } from './prediction.ts';

/** A figure with its 95 % confidence interval. */
export const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimate>;

const point = z.object({ x: z.number(), y: z.number() });
/** At most 101 points. */
const curve = z.object({ label: z.string(), area: z.number(), points: z.array(point) });
export type Curve = z.infer<typeof curve>;

/** An example that the model gets wrong, worst first. */
export const mistake = z.object({
  /** Of the example in its data set. */
  id: z.number().int(),
  actual: z.union([z.string(), z.number()]),
  predicted: z.union([z.string(), z.number()]),
  /** Of the predicted label; of a regression, the residual. */
  score: z.number(),
  group: z.string(),
});
export type Mistake = z.infer<typeof mistake>;

export const classificationQuality = z.object({
  /** In the order of rows and columns of `confusion`. */
  labels: z.array(z.string()),
  /** Rows: true label; columns: predicted label. */
  confusion: z.array(z.array(z.number().int())),
  accuracy: estimate,
  /** Mean recall of the labels: what counts where one label is rare. */
  balancedAccuracy: estimate,
  logLoss: z.number(),
  perLabel: z.array(
    z.object({ label: z.string(), rows: z.number().int(), precision: estimate, recall: estimate, f1: estimate }),
  ),
  /** One against the rest; x: false-positive rate, y: true-positive rate. */
  roc: z.array(curve),
  /** x: recall, y: precision; the area is the average precision. */
  precisionRecall: z.array(curve),
  /** How often the model is right where it says that it is sure. */
  calibration: z.object({
    bins: z.array(z.object({ confidence: z.number(), accuracy: z.number(), rows: z.number().int() })),
    /** Expected calibration error, 0 to 1. */
    error: z.number(),
  }),
});
export type ClassificationQuality = z.infer<typeof classificationQuality>;

export const regressionQuality = z.object({
  /** Coefficient of determination. */
  r2: estimate,
  /** Mean absolute error, in the target's unit. */
  mae: estimate,
  rmse: estimate,
  /** At most 500, spread over the rows. */
  residuals: z.array(z.object({ id: z.number().int(), actual: z.number(), predicted: z.number() })),
});
export type RegressionQuality = z.infer<typeof regressionQuality>;

export const anomalyQuality = z.object({
  threshold: z.number(),
  /** Share of the rows that were taken for normal and lie above the threshold. */
  falseAlarms: estimate,
  /** Share of the labelled anomalies that were found, and the area under the ROC curve; only where there are any. */
  found: estimate.optional(),
  roc: curve.optional(),
  /** Of the scores, in 20 bins. */
  histogram: z.array(
    z.object({ from: z.number(), to: z.number(), normal: z.number().int(), anomalous: z.number().int() }),
  ),
});
export type AnomalyQuality = z.infer<typeof anomalyQuality>;

export const evaluation = z.object({
  task: z.enum(['classification', 'regression', 'anomaly']),
  /** Rows that it was measured on. */
  rows: z.number().int(),
  classification: classificationQuality.optional(),
  regression: regressionQuality.optional(),
  anomaly: anomalyQuality.optional(),
  /** Accuracy, mean absolute error or share of false alarms by group; the worst first, at most 100. */
  groups: z.array(z.object({ group: z.string(), rows: z.number().int(), value: z.number() })),
  /** At most 200. */
  mistakes: z.array(mistake),
});
export type Evaluation = z.infer<typeof evaluation>;

/** Two models on the same rows. */
export const comparison = z.object({
  champion: modelIdentity,
  challenger: modelIdentity,
  /** Challenger minus champion, of the main figure: positive where the challenger is better. */
  difference: estimate,
  verdict: z.enum(['better', 'worse', 'no difference']),
  /** `better by 2.1 ± 0.8 points`. */
  words: z.string(),
});
export type Comparison = z.infer<typeof comparison>;
