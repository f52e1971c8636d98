import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

export default defineNode({
  type: 'model',
  config,
  /** Shares a hold on the version that its reference means: where an alias moves, its users change over. */
  async setup(node) {
    const hold = await node.services.models.hold(node.settings.model);
    return { shares: hold, close: () => hold.close() };
  },
});
