import type { ModelPackage } from '../../runtime/inference/index.ts';
import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { recipeWatch } from './recipe-watch.ts';
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
    const watch = recipeWatch(node, predictor);
    node.status('waiting', 'ready', { tier: predictor.tier });

    return {
      async input(message, send) {
        const { payload, features, latencyMs } = await predictor.predict(readProperty(message, property));
        watch.see(message['recipe'], () => node.status('active', ...wordsFor(payload)));
        node.show({ kind: 'prediction', model, latencyMs, ...picture(payload) });
        send({ ...withProperty(message, property, payload), model, features, latencyMs });
      },
      async close() {
        await predictor.close();
        watch.close();
      },
    };
  },
});
