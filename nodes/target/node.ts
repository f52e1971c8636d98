import { defineNode } from '../../runtime/node-red/index.ts';
import { config, credentials } from './config.ts';
import { targetOf } from './target-of.ts';

export default defineNode({
  type: 'target',
  config,
  credentials,
  /** Shares the destination. It is served as long as this node exists, so that a backlog goes out by itself. */
  setup(node) {
    const destination = node.services.outbox.destination(node.id, targetOf(node.settings, node.credentials));
    return { shares: destination, close: () => destination.close() };
  },
});
