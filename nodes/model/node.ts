import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

export default defineNode({
  type: 'model',
  config,
  /**
   * Shares a hold on the version that its reference means: where an alias moves, its users change over. A model that is not
   * there yet is waited for.
   */
  async setup(node) {
    const hold = await node.services.models.hold(node.settings.model);
    if (hold.awaited) node.status('warning', 'awaited');
    node.warn(hold.awaited);
    hold.onChange(() => {
      node.warn(undefined);
      node.status('ok', 'there');
    });
    return { shares: hold, close: () => hold.close() };
  },
});
