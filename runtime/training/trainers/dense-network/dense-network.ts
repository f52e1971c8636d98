/**
 * A network of one or two hidden layers of rectifiers on standardised features.
 *
 * @see sklearn.neural_network.MLPClassifier and MLPRegressor behind a StandardScaler
 */
import { z } from 'zod';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { outputsOf } from '../../fit/training-set.ts';
import { dense } from '../networks/layers/dense.ts';
import { relu } from '../networks/layers/relu.ts';
import { networkModel } from '../networks/network-model.ts';
import { networkSettings } from '../networks/settings.ts';

const settings = z.object({
  units: z.number().int().min(1).max(1024).default(32).meta({
    description: 'Units of each hidden layer. More: it can tell apart more, and needs more examples.',
  }),
  layers: z.number().int().min(1).max(2).default(1).meta({ description: 'Hidden layers.' }),
  ...networkSettings,
});

export const denseNetwork: Trainer<typeof settings> = {
  name: 'dense-network',
  title: 'Dense network',
  suits: 'A small neural network: finds features that count only together. Good with some hundred examples and more.',
  tasks: ['classification', 'regression'],
  takes: 'features',
  stopsEarly: true,
  settings,
  train(set, { units, layers, ...choices }, run) {
    const { target, width } = set;
    if (target.task === 'anomaly') throw errors.TASK_UNSUITABLE({ trainer: 'A dense network', task: target.task });
    const hidden = Array.from({ length: layers }, (_, index) => [
      dense(index === 0 ? width : units, units),
      relu(units),
    ]);
    return networkModel('dense-network', set, [...hidden.flat(), dense(units, outputsOf(target))], choices, run);
  },
};
