import { minimise, softmax } from '../../numerics/index.ts';

/** What makes probabilities mean what they say: softmax(weight × log p + bias), a weight and a bias each class. */
export interface Scaling {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** Probabilities of 0 would stay 0 whatever is done: the model's own arithmetic has this floor too. */
export const FLOOR = 1e-7;

/** Rows each class above which a weight and a bias of its own can be told from chance. */
const ROWS_EACH = 50;

/** Rows whose probabilities were answered by a model that had not learnt from them. */
export interface HeldOutAnswers {
  readonly rows: number;
  readonly classes: number;
  /** rows × classes, row-major. */
  readonly scores: Float64Array;
  readonly codes: Int32Array;
}

/**
 * One temperature for all classes: the most likely label stays what it is.
 *
 * @see Guo, Pleiss, Sun, Weinberger, On Calibration of Modern Neural Networks (2017)
 */
export function fitTemperature(answers: HeldOutAnswers): Scaling {
  const logs = logsOf(answers);
  const { classes } = answers;
  // By the logarithm of the weight, so that it stays positive.
  const { at } = minimise(
    (parameters, gradient) => {
      const weight = Math.exp(parameters[0] as number);
      let slope = 0;
      const loss = lossOf(
        answers,
        logs,
        () => weight,
        zero,
        (error, log) => (slope += error * log * weight),
      );
      gradient[0] = slope;
      return loss;
    },
    new Float64Array(1),
    { iterations: 100, tolerance: 1e-8 },
  );
  return {
    weights: new Float64Array(classes).fill(Math.exp(clamp(at[0] as number))),
    biases: new Float64Array(classes),
  };
}

/** A weight and a bias each class, held near those of one temperature. @see vector scaling, as above */
export function fitVector(answers: HeldOutAnswers): Scaling {
  const logs = logsOf(answers);
  const { classes, rows } = answers;
  const start = fitTemperature(answers);
  const begin = Float64Array.from([...start.weights, ...start.biases]);
  const penalty = 1 / rows;
  const { at } = minimise(
    (parameters, gradient) => {
      gradient.fill(0);
      let loss = lossOf(
        answers,
        logs,
        (label) => parameters[label] as number,
        (label) => parameters[classes + label] as number,
        (error, log, label) => {
          gradient[label] = (gradient[label] as number) + error * log;
          gradient[classes + label] = (gradient[classes + label] as number) + error;
        },
      );
      for (let each = 0; each < parameters.length; each++) {
        const apart = (parameters[each] as number) - (begin[each] as number);
        loss += (penalty / 2) * apart * apart;
        gradient[each] = (gradient[each] as number) + penalty * apart;
      }
      return loss;
    },
    Float64Array.from(begin),
    { iterations: 200, tolerance: 1e-8 },
  );
  return { weights: at.slice(0, classes), biases: at.slice(classes) };
}

/** Whether there are rows enough of each class for weights of its own. */
export function allowsVector({ codes, classes }: HeldOutAnswers): boolean {
  const counts = new Float64Array(classes);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return counts.every((count) => count >= ROWS_EACH);
}

/** @returns rows × classes: probabilities after the scaling */
export function applyScaling({ weights, biases }: Scaling, scores: Float64Array, classes: number): Float64Array {
  const scaled = new Float64Array(scores.length);
  for (let from = 0; from < scores.length; from += classes) {
    const row = scaled.subarray(from, from + classes);
    for (let label = 0; label < classes; label++) {
      row[label] = (weights[label] as number) * logOf(scores[from + label] as number) + (biases[label] as number);
    }
    softmax(row);
  }
  return scaled;
}

/** Mean of −log of the probability of the true class. */
export function logLoss(scores: Float64Array, codes: Int32Array, classes: number): number {
  let sum = 0;
  codes.forEach((code, row) => (sum -= logOf(scores[row * classes + code] as number)));
  return sum / Math.max(1, codes.length);
}

const logOf = (score: number) => Math.log(Math.min(1, Math.max(FLOOR, score)));
const logsOf = ({ scores }: HeldOutAnswers) => scores.map(logOf);
const zero = () => 0;
/** Weights from 1/20 to 20. */
const clamp = (log: number) => Math.min(3, Math.max(-3, log));

function lossOf(
  { rows, classes, codes }: HeldOutAnswers,
  logs: Float64Array,
  weight: (label: number) => number,
  bias: (label: number) => number,
  slope: (error: number, log: number, label: number) => void,
): number {
  const row = new Float64Array(classes);
  let loss = 0;
  for (let at = 0; at < rows; at++) {
    const from = at * classes;
    for (let label = 0; label < classes; label++) {
      row[label] = weight(label) * (logs[from + label] as number) + bias(label);
    }
    softmax(row);
    const code = codes[at] as number;
    loss -= Math.log(Math.max(Number.MIN_VALUE, row[code] as number));
    for (let label = 0; label < classes; label++) {
      slope(((row[label] as number) - (label === code ? 1 : 0)) / rows, logs[from + label] as number, label);
    }
  }
  return loss / rows;
}
