import type { ModelPackage } from '../../runtime/inference/index.ts';
import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { picture, wordsFor } from './words.ts';

export default defineNode({
  type: 'infer',
  config,
  async setup(node) {
    const { inference, models } = node.services;
    const { property } = node.settings;
    const chosen = await node.shared<ModelPackage>(node.settings.model);
    const predictor = await inference.open(chosen ?? (await models.resolve('')));
    const { model } = predictor;
    node.status('waiting', 'ready', { tier: predictor.tier });

    return {
      async input(message, send) {
        const { payload, features, latencyMs } = await predictor.predict(readProperty(message, property));
        const { recipe } = message;
        // The names fit, or it would not have predicted; but the same names may have been computed in another way.
        const sameRecipe = typeof recipe !== 'string' || predictor.recipe === undefined || recipe === predictor.recipe;
        if (sameRecipe) node.status('active', ...wordsFor(payload));
        else node.status('warning', 'otherRecipe');
        node.show({ kind: 'prediction', model, latencyMs, ...picture(payload) });
        send({ ...withProperty(message, property, payload), model, features, latencyMs });
      },
      close: () => predictor.close(),
    };
  },
});
