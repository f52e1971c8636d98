import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

export default defineNode({
  type: 'board',
  config,
  /** Shares the board, and shows its pins and its world in the sidebar. */
  async setup(node) {
    const board = await node.services.boards.open(node.id, node.settings);
    const unwatch = board.onState((state) => node.show({ kind: 'board', ...state }));
    return {
      shares: board,
      async close() {
        unwatch();
        await board.close();
      },
    };
  },
});
