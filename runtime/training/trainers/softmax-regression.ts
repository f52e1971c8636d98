/**
 * Multinomial logistic (softmax) regression with an L2 penalty, on standardised features, minimised over the full batch.
 * The standardisation is part of the model.
 *
 * @see sklearn.linear_model.LogisticRegression behind a StandardScaler: the same objective, C = `inversePenalty`
 */
import { z } from 'zod';
import { dot, minimise, softmax } from '../../numerics/index.ts';
import { build, writeOnnx } from '../../onnx-format/index.ts';
import type { Examples } from '../examples.ts';
import { type Standardisation, standardisation, standardise } from '../standardise.ts';
import type { Trainer } from '../trainer.ts';

const settings = z.object({
  /** How freely weights may grow: C of scikit-learn. Smaller: simpler. */
  inversePenalty: z.number().positive().default(1),
  iterations: z.number().int().positive().default(500),
});

export const softmaxRegression: Trainer<typeof settings> = {
  name: 'softmax-regression',
  task: 'classification',
  settings,
  train(examples, labels, { inversePenalty, iterations }) {
    const scaling = standardisation(examples.rows, examples.features.length);
    const rows = examples.rows.map((row) => standardise(row, scaling));
    const targets = examples.labels.map((label) => labels.indexOf(label));
    const weights = fit(rows, targets, labels.length, inversePenalty, iterations);
    return {
      scores: (given) => given.map((row) => probabilities(weights, standardise(row, scaling), labels.length)),
      onnx: toOnnx(examples, scaling, weights, labels.length),
      inputs: [
        {
          name: 'features',
          type: 'float32',
          shape: ['rows', examples.features.length],
          features: [...examples.features],
        },
      ],
      outputs: [
        { name: 'label', type: 'int64', shape: ['rows'], role: 'label' },
        { name: 'probabilities', type: 'float32', shape: ['rows', labels.length], role: 'scores' },
      ],
    };
  },
};

// Weights of one class: one a feature, then the intercept.
function fit(
  rows: readonly Float64Array[],
  targets: readonly number[],
  classes: number,
  inversePenalty: number,
  iterations: number,
): Float64Array {
  const features = rows[0]?.length ?? 0;
  const stride = features + 1;
  // Per row, so that the tolerance does not depend on how many there are.
  const penalty = 1 / (inversePenalty * rows.length);
  const objective = (weights: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (const [index, row] of rows.entries()) {
      const scores = probabilities(weights, row, classes);
      const target = targets[index] as number;
      loss -= Math.log(Math.max(scores[target] as number, Number.MIN_VALUE));
      for (let label = 0; label < classes; label++) {
        const error = ((scores[label] as number) - (label === target ? 1 : 0)) / rows.length;
        const from = label * stride;
        for (let feature = 0; feature < features; feature++) {
          gradient[from + feature] = (gradient[from + feature] as number) + error * (row[feature] as number);
        }
        gradient[from + features] = (gradient[from + features] as number) + error;
      }
    }
    loss /= rows.length;
    for (let at = 0; at < weights.length; at++) {
      // The intercept is not penalised.
      if (at % stride === features) continue;
      const weight = weights[at] as number;
      loss += (penalty / 2) * weight * weight;
      gradient[at] = (gradient[at] as number) + penalty * weight;
    }
    return loss;
  };
  return minimise(objective, new Float64Array(classes * stride), { iterations, tolerance: 1e-6 }).at;
}

function probabilities(weights: Float64Array, row: Float64Array, classes: number): Float64Array {
  const stride = row.length + 1;
  const scores = new Float64Array(classes);
  for (let label = 0; label < classes; label++) {
    const from = label * stride;
    scores[label] = dot(row, weights.subarray(from, from + row.length)) + (weights[from + row.length] as number);
  }
  softmax(scores);
  return scores;
}

function toOnnx(
  { features }: Examples,
  { means, scales }: Standardisation,
  weights: Float64Array,
  classes: number,
): Uint8Array {
  const count = features.length;
  const stride = count + 1;
  const coefficients = Float64Array.from({ length: classes * count }, (_, at) => {
    return weights[Math.floor(at / count) * stride + (at % count)] as number;
  });
  const intercepts = Float64Array.from({ length: classes }, (_, label) => weights[label * stride + count] as number);
  const { floatTensor, model, node, value } = build;
  return writeOnnx(
    model({
      name: 'softmax-regression',
      nodes: [
        node('Sub', ['features', 'means'], ['centred']),
        node('Div', ['centred', 'scales'], ['standardised']),
        node('Gemm', ['standardised', 'weights', 'intercepts'], ['logits'], { transB: 1n }),
        node('Softmax', ['logits'], ['probabilities'], { axis: -1n }),
        node('ArgMax', ['probabilities'], ['label'], { axis: -1n, keepdims: 0n }),
      ],
      initializers: [
        floatTensor('means', [count], means),
        floatTensor('scales', [count], scales),
        floatTensor('weights', [classes, count], coefficients),
        floatTensor('intercepts', [classes], intercepts),
      ],
      inputs: [value('features', 'float32', ['rows', count])],
      outputs: [value('label', 'int64', ['rows']), value('probabilities', 'float32', ['rows', classes])],
    }),
  );
}
