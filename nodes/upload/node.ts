import { defineNode } from '../../runtime/node-red/index.ts';
import type { Destination } from '../../runtime/outbox/index.ts';
import { receivedMessages } from '../../runtime/messages/index.ts';
import { config } from './config.ts';
import { streamOf } from './stream-of.ts';
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
      async input(message) {
        const received = destination.keepsKeys ? receivedMessages(message) : undefined;
        if (!received) return destination.put(stream, message);
        // What a gateway sent goes on under the gateway's own key; done when the last of it is on disk.
        await Promise.all(received.map((one) => destination.put(streamOf(one), one)));
      },
      async close() {
        unwatch();
        unwarn();
        if (!chosen) await destination.close();
      },
    };
  },
});
