import type { ModelHold } from '../../runtime/drift/index.ts';
import { defineNode, modelWait } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { wordsFor } from './words.ts';

export default defineNode({
  type: 'drift',
  config,
  async setup(node) {
    const hold = await node.shared<ModelHold>(node.settings.model);
    const { id, name } = node;
    const begin = () => node.services.drift.watch({ ...node.settings, model: hold?.current }, { id, name });
    const wait = modelWait(node, hold);
    let watch = wait.say() ? undefined : begin();
    const unlisten = hold?.onChange(() => {
      if (!watch) node.status('waiting', 'waiting');
      watch = begin();
    });
    if (watch) node.status('waiting', 'waiting');

    return {
      async input(message, send) {
        if (!watch) return wait.take();
        for (const { summary, event, model } of await watch.observe(message)) {
          node.status(...wordsFor(summary));
          node.show({ kind: 'drift', ...summary });
          if (event) send({ ...message, payload: event, ...(model && { model }) });
        }
      },
      async close(removed) {
        unlisten?.();
        await watch?.close(removed);
      },
    };
  },
});
