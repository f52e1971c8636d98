import type { ModelPackage } from '../../runtime/drift/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { wordsFor } from './words.ts';

export default defineNode({
  type: 'drift',
  config,
  async setup(node) {
    const model = await node.shared<ModelPackage>(node.settings.model);
    const watch = node.services.drift.watch({ ...node.settings, model });
    node.status('waiting', 'waiting');

    return {
      async input(message, send) {
        for (const { summary, event, model } of await watch.observe(message)) {
          node.status(...wordsFor(summary));
          node.show({ kind: 'drift', ...summary });
          if (event) send({ ...message, payload: event, ...(model && { model }) });
        }
      },
    };
  },
});
