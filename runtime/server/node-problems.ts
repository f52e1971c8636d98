/** Errors that the host finds about a node: shown where the node's own errors are shown. */
import type { Clock, MillraceError } from '../base/index.ts';
import type { ViewHub } from '../services/index.ts';
import type { Log } from './log.ts';
import type { RedNode } from './node-red.ts';

export interface NodeProblems {
  /** Red status, sidebar, console and Catch, until the node is deployed anew. */
  report(node: RedNode, error: MillraceError): void;
}

/** A problem that repeats is told to the sidebar at most once in this many ms. */
const RETOLD = 1_000;

interface Shown {
  count: number;
  told: number;
}

export function createNodeProblems(clock: Clock, views: ViewHub | undefined, log: Log): NodeProblems {
  const shown = new WeakMap<RedNode, Map<string, Shown>>();

  const firstProblem = (node: RedNode): Map<string, Shown> => {
    const problems = new Map<string, Shown>();
    shown.set(node, problems);
    node.on('close', () => views?.publish({ ...originOf(node), kind: 'cleared', what: 'problem' }));
    return problems;
  };
  const originOf = (node: RedNode) => {
    const name = node.name !== undefined && node.name !== '' ? node.name : node.type;
    return { node: node.id, name, type: node.type, time: clock.now() };
  };

  return {
    report(node, error) {
      const { code, message, hint, title } = error;
      const problems = shown.get(node) ?? firstProblem(node);
      const known = problems.get(message) ?? { count: 0, told: -RETOLD };
      problems.set(message, known);
      known.count++;
      node.status({ fill: 'red', shape: 'dot', text: title });
      log.report('error', error, originText(node));
      if (clock.monotonic() - known.told >= RETOLD) {
        known.told = clock.monotonic();
        views?.publish({ ...originOf(node), kind: 'problem', code, message, hint, title, count: known.count });
      }
      // With a message, Catch nodes hear of it.
      node.error(error, { error: { code } });
    },
  };
}

/** How the log names a node, as Node-RED does. */
export const originText = (node: { readonly type: string; readonly name?: string; readonly id: string }): string =>
  `[${node.type}:${node.name !== undefined && node.name !== '' ? node.name : node.id}]`;
