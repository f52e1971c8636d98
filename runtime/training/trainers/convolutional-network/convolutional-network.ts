/**
 * A small convolutional network that learns from the samples of windows: two rounds of filters, each of which halves the
 * samples, the mean of each filter, and a linear layer on these means. It does not matter when in the window something happens.
 */
import { z } from 'zod';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { outputsOf } from '../../fit/training-set.ts';
import { average } from '../networks/layers/average.ts';
import { convolution } from '../networks/layers/convolution.ts';
import { dense } from '../networks/layers/dense.ts';
import { halve } from '../networks/layers/halve.ts';
import type { Layer } from '../networks/layers/layer.ts';
import { relu } from '../networks/layers/relu.ts';
import { networkModel } from '../networks/network-model.ts';
import { networkSettings } from '../networks/settings.ts';

const settings = z.object({
  filters: z.number().int().min(1).max(256).default(8).meta({
    description:
      'Shapes that the first layer looks for; the second looks for twice as many. More: slower, and more examples needed.',
  }),
  kernel: z.number().int().min(1).max(101).default(5).meta({
    description: 'Samples that a filter sees at once. An even number is raised by one.',
  }),
  ...networkSettings,
  epochs: networkSettings.epochs.default(100),
});

export const convolutionalNetwork: Trainer<typeof settings> = {
  name: 'convolutional-network',
  title: 'Convolutional network',
  suits:
    'Learns from the signal itself, without features: finds shapes wherever they are in the window. Takes longer, and many examples.',
  tasks: ['classification', 'regression'],
  takes: 'window',
  stopsEarly: true,
  settings,
  train(set, { filters, kernel, ...choices }, run) {
    const { target, window, columns, width } = set;
    if (target.task === 'anomaly')
      throw errors.TASK_UNSUITABLE({ trainer: 'A convolutional network', task: target.task });
    if (!window) throw errors.WINDOWS_NEEDED({ trainer: 'A convolutional network', columns: width });
    const layers: Layer[] = [];
    let samples = window.samples;
    let channels = columns.length;
    for (const found of [filters, 2 * filters]) {
      const shape = { samples, channels, filters: found, kernel: kernel % 2 === 1 ? kernel : kernel + 1 };
      layers.push(convolution(shape), relu(samples * found));
      if (samples >= 2) layers.push(halve(samples, found));
      samples = samples >= 2 ? Math.floor(samples / 2) : samples;
      channels = found;
    }
    layers.push(average(samples, channels), dense(channels, outputsOf(target)));
    return networkModel('convolutional-network', set, layers, choices, run);
  },
};
