import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import type { FeatureSource, Recipe } from '../../runtime/signal/index.ts';
import { blocksOf } from './blocks.ts';
import { config } from './config.ts';

/** What of a model package is needed here. */
interface Model {
  readonly manifest: { readonly name: string; readonly recipe?: Recipe | undefined };
}

export default defineNode({
  type: 'features',
  config,
  async setup(node) {
    const { models, signal } = node.services;
    const { from, model, property, rows } = node.settings;

    const ofModel = async (): Promise<FeatureSource> => {
      const chosen = await node.shared<Model>(model);
      const { name, recipe } = (chosen ?? (await models.resolve(''))).manifest;
      return { model: { name, recipe }, ...(!chosen && { otherwise: 'standard' }) };
    };
    const source: FeatureSource = from === 'own' ? { blocks: blocksOf(rows) } : await ofModel();
    const features = signal.features(source);
    node.status('waiting', 'waiting');
    let shown: string | undefined;

    return {
      input(message, send) {
        const { payload, recipe } = features.run(readProperty(message, property));
        if (recipe.digest !== shown) {
          shown = recipe.digest;
          node.status('active', 'running', { count: recipe.featureNames.length });
        }
        send({ ...withProperty(message, property, payload), recipe: recipe.digest });
      },
    };
  },
});
