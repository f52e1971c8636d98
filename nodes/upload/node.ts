import type { Timer } from '../../runtime/base/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import type { Destination, DestinationState } from '../../runtime/outbox/index.ts';
import { receivedMessages } from '../../runtime/messages/index.ts';
import { config } from './config.ts';
import { putOptions } from './put-options.ts';
import { streamOf, streamOfGateway } from './stream-of.ts';
import { newProblems, wordsFor } from './words.ts';

/** How often the age of what waits is told anew while nothing else changes, ms. */
const AGEING = 10_000;

export default defineNode({
  type: 'upload',
  config,
  async setup(node) {
    const { outbox, clock } = node.services;
    const chosen = await node.shared<Destination>(node.settings.target);
    const destination = chosen ?? outbox.standard();
    const options = putOptions(node.settings);
    const tell = newProblems((problem) => node.fail(problem));
    const tellOf = (state: DestinationState) => {
      const { id, connected, depth, sent, oldestMs, rate, paused, holding, dead } = state;
      tell(state);
      node.status(...wordsFor(state));
      const { address } = destination;
      node.show({
        ...{ kind: 'outbox', destination: address, id, connected, depth, sent, oldestMs, rate, paused, dead },
        ...(holding && { holding: { ...holding } }),
      });
    };
    let ageing: Timer | undefined;
    const show = (state: DestinationState) => {
      tellOf(state);
      // What waits grows older, also while nothing else changes.
      ageing?.cancel();
      ageing = state.depth > 0 ? clock.after(AGEING, () => show(destination.state())) : undefined;
    };
    destination.start();
    const unwatch = destination.onState(show);
    const unwarn = outbox.onWarning((warning) => node.fail(warning), destination.id);

    return {
      // Done when it is on disk: from then on it survives whatever happens to this process.
      async input(message) {
        const received = destination.keepsKeys ? receivedMessages(message) : undefined;
        if (!received) return destination.put(streamOf(message, node.settings), message, options);
        // What a gateway sent goes on under the gateway's own key; done when the last of it is on disk.
        await Promise.all(received.map((one) => destination.put(streamOfGateway(one), one, options)));
      },
      async close() {
        ageing?.cancel();
        unwatch();
        unwarn();
        if (!chosen) await destination.close();
      },
    };
  },
});
