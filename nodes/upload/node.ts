import { defineNode } from '../../runtime/node-red/index.ts';
import type { Destination } from '../../runtime/outbox/index.ts';
import { config } from './config.ts';
import { newProblems, wordsFor } from './words.ts';

export default defineNode({
  type: 'upload',
  config,
  async setup(node) {
    const { outbox } = node.services;
    const { target, stream } = node.settings;
    const chosen = await node.shared<Destination>(target);
    const destination = chosen ?? outbox.standard();
    const tell = newProblems((problem) => node.fail(problem));
    destination.start();
    const unwatch = destination.onState((state) => {
      const { connected, depth, sent, oldestMs } = state;
      tell(state);
      node.status(...wordsFor(state));
      node.show({ kind: 'outbox', destination: destination.address, connected, depth, sent, oldestMs });
    });
    const unwarn = outbox.onWarning((warning) => node.fail(warning), destination.id);

    return {
      // Done when it is on disk: from then on it survives whatever happens to this process.
      input: (message) => destination.put(stream, message),
      async close() {
        unwatch();
        unwarn();
        if (!chosen) await destination.close();
      },
    };
  },
});
