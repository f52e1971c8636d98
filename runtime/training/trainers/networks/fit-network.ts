import { seededRandom } from '../../../numerics/index.ts';
import type { TrainerRun } from '../../fit/trainer.ts';
import { createPace } from '../pace/pace.ts';
import type { TrainingSet } from '../standardised/weighted.ts';
import { createAdam } from './adam.ts';
import type { Layer } from './layers/layer.ts';
import { lossFor, targetScale } from './loss.ts';
import { initialNetwork, type Network, runNetwork } from './network.ts';
import { shuffle } from './shuffle.ts';

export interface NetworkChoices {
  readonly epochs: number;
  readonly learningRate: number;
  /** Times half the sum of the squared parameters. */
  readonly penalty: number;
  /** Rows a step; left out: a twentieth of them, between 8 and 128. */
  readonly batch?: number | undefined;
  /** Epochs without a better one after which it ends. */
  readonly patience: number;
}

export interface TaughtNetwork extends Network {
  readonly epochs: number;
}

/** An epoch is better where it lowers the loss by this share. */
const BETTER = 1e-3;

/**
 * Teaches by Adam on small batches. The best epoch is kept: by the loss on rows that were held out, where there are some, and
 * else by that on the training rows.
 *
 * @param set standardised, as `held` is
 */
export function fitNetwork(
  set: TrainingSet,
  held: TrainingSet | undefined,
  layers: readonly Layer[],
  { epochs, learningRate, penalty, patience, ...choices }: NetworkChoices,
  run: TrainerRun,
): TaughtNetwork {
  const { rows, width, values } = set;
  const size = Math.min(rows, choices.batch ?? Math.max(8, Math.min(128, Math.round(rows / 20))));
  const random = seededRandom(run.seed);
  const network = initialNetwork(layers, random);
  const { parameters } = network;
  const running = runNetwork(network, size);
  const { gradient } = running;
  const adam = createAdam(parameters.length, learningRate);
  const scale = targetScale(set);
  const loss = lossFor(set, scale);
  const pace = createPace(run);
  const work = layers.reduce((sum, layer) => sum + layer.work, 0);
  const judge = held && held.rows > 0 ? judgeOn(held, network, lossFor(held, scale)) : undefined;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const block = new Float64Array(size * width);

  let best = parameters.slice();
  let lowest = Infinity;
  let since = 0;
  let epoch = 0;
  for (let going = true; epoch < epochs && since < patience && going; epoch++) {
    shuffle(order, random);
    let sum = 0;
    let taught = 0;
    for (let from = 0; from < rows && going; from += size) {
      const count = Math.min(size, rows - from);
      for (let index = 0; index < count; index++) {
        const row = order[from + index] as number;
        block.set(values.subarray(row * width, (row + 1) * width), index * width);
      }
      const outputs = running.forward(block, count);
      sum += loss.of(outputs, count, (index) => order[from + index] as number);
      running.backward(outputs, count);
      for (let at = 0; at < gradient.length; at++) {
        gradient[at] = (gradient[at] as number) / count + penalty * (parameters[at] as number);
      }
      adam.step(parameters, gradient);
      gradient.fill(0);
      taught += count;
      going = pace.after(count * work, epoch / epochs, () => `epoch ${epoch + 1} of at most ${epochs}`);
    }
    const now = judge ? judge() : sum / taught;
    if (now < lowest * (1 - BETTER) || lowest === Infinity) {
      [lowest, since] = [now, 0];
      best = parameters.slice();
    } else {
      since++;
    }
  }
  return { layers, parameters: best, epochs: epoch };
}

function judgeOn(held: TrainingSet, network: Network, loss: ReturnType<typeof lossFor>): () => number {
  const { rows, width, values } = held;
  const size = Math.min(rows, 256);
  const running = runNetwork(network, size);
  const block = new Float64Array(size * width);
  return () => {
    let sum = 0;
    for (let from = 0; from < rows; from += size) {
      const count = Math.min(size, rows - from);
      block.set(values.subarray(from * width, (from + count) * width));
      sum += loss.of(running.forward(block, count), count, (index) => from + index);
    }
    return sum / rows;
  };
}
