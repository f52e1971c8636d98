/**
 * The answer of the training rows that are most like the row: the share of their votes, or the mean of their values.
 *
 * @see sklearn.neighbors.KNeighborsClassifier and KNeighborsRegressor behind a StandardScaler
 */
import { z } from 'zod';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { outputsOf } from '../../fit/training-set.ts';
import { modelFace, writeGraph } from '../graphs/model-face.ts';
import { someRows } from '../some-rows/some-rows.ts';
import { standardisation, standardise } from '../standardised/standardisation.ts';
import { gridFor, onGrid } from './grid.ts';
import { nearest } from './nearest.ts';
import { neighbourGraph } from './neighbour-graph.ts';
import { votesOf } from './votes.ts';

const settings = z.object({
  neighbours: z.number().int().min(1).max(1000).default(5).meta({
    description: 'How many of the most similar examples are asked. More: calmer answers, and less of what is rare.',
  }),
  rows: z.number().int().min(10).max(200_000).default(5000).meta({
    description:
      'The most examples that the model keeps; of more it keeps so many, drawn by chance. Each one makes the model larger and slower.',
  }),
});

/** Numbers that a model keeps at most, whatever its settings: 80 MB. */
const MOST_NUMBERS = 20_000_000;

export const nearestNeighbours: Trainer<typeof settings> = {
  name: 'nearest-neighbours',
  title: 'Nearest neighbours',
  suits:
    'Answers as the most similar examples did. Good with a few hundred to a few thousand examples and few features.',
  tasks: ['classification', 'regression'],
  takes: 'features',
  settings,
  train(set, { neighbours, rows: limit }, run) {
    const { width } = set;
    if (set.target.task === 'anomaly') {
      throw errors.TASK_UNSUITABLE({ trainer: 'Nearest neighbours', task: set.target.task });
    }
    const scaling = standardisation(set);
    const most = Math.max(1, Math.min(limit, Math.floor(MOST_NUMBERS / width)));
    const kept = someRows(set, most, run.seed);
    const grid = gridFor(width);
    const stored = onGrid(standardise(kept.values, scaling), grid);
    const count = Math.min(neighbours, kept.rows);
    const outputs = outputsOf(set.target);
    const { votes, weights } = votesOf(kept, outputs);
    run.step(1, `${kept.rows} examples`);
    const face = modelFace(set);
    return {
      ...face,
      predict(values, rows) {
        const asked = Float64Array.from(onGrid(standardise(values, scaling), grid));
        const among = Float64Array.from(stored);
        const answers = new Float64Array(rows * outputs);
        const found = new Int32Array(count);
        const distances = new Float64Array(count);
        for (let row = 0; row < rows; row++) {
          nearest(asked.subarray(row * width, (row + 1) * width), among, found, distances);
          let total = 0;
          for (const other of found) {
            total += weights[other] as number;
            for (let output = 0; output < outputs; output++) {
              const at = row * outputs + output;
              answers[at] = (answers[at] as number) + (votes[other * outputs + output] as number);
            }
          }
          for (let at = row * outputs; at < (row + 1) * outputs; at++) answers[at] = (answers[at] as number) / total;
        }
        return answers;
      },
      onnx() {
        const { nodes, initializers } = neighbourGraph({
          ...{ scaling, grid, stored, count, votes, weights, outputs },
          classification: set.target.task === 'classification',
        });
        return writeGraph('nearest-neighbours', face, nodes, initializers);
      },
      words:
        `the ${count} nearest of ${kept.rows} examples` + (kept.rows < set.rows ? `, of ${set.rows} in the set` : ''),
    };
  },
};
