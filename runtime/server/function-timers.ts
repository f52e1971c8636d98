import { errors } from './errors.ts';
import type { NodeProblems } from './node-problems.ts';
import type { NodeRed, RedNode } from './node-red.ts';

interface StartedFlows {
  readonly config: { readonly flows: readonly { readonly id: string; readonly type: string }[] };
}

/**
 * Node-RED itself catches what a timer of a function node throws, and passes it to `node.error` with an empty message: Catch
 * hears of it, but the node and the sidebar show nothing. Here such an error becomes one that they show.
 */
export function watchFunctionTimers(red: NodeRed, problems: NodeProblems): void {
  const watched = new WeakSet<RedNode>();
  red.events.on('flows:started', ({ config }: StartedFlows) => {
    for (const { id, type } of config.flows) {
      const node = type === 'function' ? red.nodes.getNode(id) : null;
      if (!node || watched.has(node)) continue;
      watched.add(node);
      watch(node, problems);
    }
  });
}

function watch(node: RedNode, problems: NodeProblems): void {
  const pass = node.error.bind(node);
  node.error = (error, message) => {
    const fromTimer = message !== undefined && Object.keys(message).length === 0 && typeof error === 'object';
    if (!fromTimer) return pass(error, message);
    const reason = error instanceof Error ? error.message : String((error as { message?: unknown } | null)?.message);
    problems.report(node, errors.NODE_THREW_LATER({ reason }, { cause: error }));
  };
}
