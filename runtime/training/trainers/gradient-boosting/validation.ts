import type { TrainingSet } from '../../fit/training-set.ts';
import { weightAt } from '../standardised/weighted.ts';
import type { Ensemble } from '../trees/ensemble.ts';
import { leafOf } from '../trees/walk.ts';

/** Rows that trees do not learn from, and what the trees so far say of them. */
export interface Validation {
  /** Adds the trees from this one on. @returns the mean loss */
  after(ensemble: Ensemble, from: number): number;
}

/** @param base of the loss: a number a score */
export function createValidation(set: TrainingSet, base: Float32Array): Validation {
  const { rows, width, values } = set;
  const outputs = base.length;
  const scores = Float64Array.from({ length: rows * outputs }, (_, at) => base[at % outputs] as number);
  const lossOf = lossAt(set, outputs, scores);
  return {
    after(ensemble, from) {
      for (let tree = from; tree < ensemble.trees; tree++) {
        const root = ensemble.roots[tree] as number;
        for (let row = 0, at = tree % outputs; row < rows; row++, at += outputs) {
          const leaf = leafOf(ensemble, root, values, row * width);
          scores[at] = (scores[at] as number) + (ensemble.values[leaf] as number);
        }
      }
      let [sum, total] = [0, 0];
      for (let row = 0; row < rows; row++) {
        const weight = weightAt(set, row);
        sum += weight * lossOf(row);
        total += weight;
      }
      return sum / total;
    },
  };
}

function lossAt({ target }: TrainingSet, outputs: number, scores: Float64Array): (row: number) => number {
  if (target.task === 'regression') {
    return (row) => ((scores[row] as number) - (target.values[row] as number)) ** 2;
  }
  const codes = target.task === 'classification' ? target.codes : new Int32Array(0);
  if (outputs === 1) {
    return (row) => Math.log1p(Math.exp(codes[row] === 1 ? -(scores[row] as number) : (scores[row] as number)));
  }
  return (row) => {
    const at = row * outputs;
    let most = -Infinity;
    for (let kind = 0; kind < outputs; kind++) most = Math.max(most, scores[at + kind] as number);
    let sum = 0;
    for (let kind = 0; kind < outputs; kind++) sum += Math.exp((scores[at + kind] as number) - most);
    return Math.log(sum) + most - (scores[at + (codes[row] as number)] as number);
  };
}
