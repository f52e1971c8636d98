import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

export default defineNode({
  type: 'model',
  config,
  /** Shares the model package that its reference names. */
  async setup(node) {
    return { shares: await node.services.models.resolve(node.settings.model) };
  },
});
