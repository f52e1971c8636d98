import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import type { PreparedRecipe } from '../../runtime/signal/index.ts';
import { config } from './config.ts';
import { migrations } from './migrations.ts';
import { createNewest } from './newest.ts';
import { previewOf } from './preview.ts';
import { type Model, sourceOf } from './source.ts';

export default defineNode({
  type: 'features',
  config,
  migrations,
  preview: previewOf,
  async setup(node) {
    const { clock, models, signal } = node.services;
    const { model, property } = node.settings;
    const source = await sourceOf(node.settings, models, () => node.shared<Model>(model));
    const features = signal.features(source);
    const newest = createNewest(clock);
    node.status('waiting', 'waiting');
    let used: PreparedRecipe | undefined;

    return {
      input(message, send) {
        const window = readProperty(message, property);
        newest.keep(window);
        const { payload, recipe } = features.run(window);
        if (recipe !== used) {
          used = recipe;
          node.status('active', 'running', { count: recipe.featureNames.length });
        }
        send({ ...withProperty(message, property, payload), recipe: recipe.digest });
      },
      seen: () => newest.seen(used?.recipe.rate),
    };
  },
});
