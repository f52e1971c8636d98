import type { ModelHold } from '../../runtime/drift/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { wordsFor } from './words.ts';

export default defineNode({
  type: 'drift',
  config,
  async setup(node) {
    const hold = await node.shared<ModelHold>(node.settings.model);
    const begin = () => node.services.drift.watch({ ...node.settings, model: hold?.current });
    let watch = begin();
    const unlisten = hold?.onChange(() => (watch = begin()));
    node.status('waiting', 'waiting');

    return {
      async input(message, send) {
        for (const { summary, event, model } of await watch.observe(message)) {
          node.status(...wordsFor(summary));
          node.show({ kind: 'drift', ...summary });
          if (event) send({ ...message, payload: event, ...(model && { model }) });
        }
      },
      close: () => unlisten?.(),
    };
  },
});
