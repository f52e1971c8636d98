/** Errors that the host finds about a node: shown where the node's own errors are shown. */
import type { Clock, MillraceError } from '../base/index.ts';
import { worthTelling } from '../node-red/index.ts';
import type { ViewHub } from '../services/index.ts';
import type { Log } from './log.ts';
import type { RedNode } from './node-red.ts';

export interface NodeProblems {
  /** Red status, sidebar, console and Catch, until the node is deployed anew. */
  report(node: RedNode, error: MillraceError): void;
}

interface Shown {
  /** How often each code has come; a node has few. */
  readonly counts: Map<string, number>;
  readonly isNews: ReturnType<typeof worthTelling>;
}

export function createNodeProblems(clock: Clock, views: ViewHub | undefined, log: Log): NodeProblems {
  const shown = new WeakMap<RedNode, Shown>();

  const firstProblem = (node: RedNode): Shown => {
    const first: Shown = { counts: new Map(), isNews: worthTelling(clock) };
    shown.set(node, first);
    node.on('close', () => views?.publish({ ...originOf(node), kind: 'cleared', what: 'problem' }));
    return first;
  };
  const originOf = (node: RedNode) => {
    const name = node.name !== undefined && node.name !== '' ? node.name : node.type;
    return { node: node.id, name, type: node.type, time: clock.now() };
  };

  return {
    report(node, error) {
      const { code, message, hint, title } = error;
      const { counts, isNews } = shown.get(node) ?? firstProblem(node);
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      node.status({ fill: 'red', shape: 'dot', text: title });
      if (isNews(error)) {
        log.report('error', error, originText(node));
        views?.publish({ ...originOf(node), kind: 'problem', code, message, hint, title, count });
      }
      // With a message, Catch nodes hear of it.
      node.error(error, { error: { code } });
    },
  };
}

/** How the log names a node, as Node-RED does. */
export const originText = (node: { readonly type: string; readonly name?: string; readonly id: string }): string =>
  `[${node.type}:${node.name !== undefined && node.name !== '' ? node.name : node.id}]`;
