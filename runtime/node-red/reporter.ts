import { asMillraceError, type Clock, counter, type MillraceError, type Timer } from '../base/index.ts';
import type { ViewBody } from '../messages/index.ts';
import type { RedNode } from './red.ts';
import type { LogWatch } from './log-watch.ts';
import { statusOf } from './status.ts';

const reported = counter('millrace_node_errors_total', 'Errors reported by Millrace nodes, by code');

export interface Reporter {
  /** Red status, sidebar, console; `done` carries it to Catch. For an error that a message caused. */
  reject(error: unknown, done: (error: MillraceError) => void): void;
  /** Red status, sidebar, console and Catch, for an error that no message caused. */
  report(error: unknown): void;
  /** A message went well: a problem that an earlier message caused is taken down. */
  mended(): void;
  /** A status of the node's own. One that is not red says that the node works: any problem is taken down. */
  status(status: NodeStatus): void;
  close(removed: boolean): void;
}

type NodeStatus = ReturnType<typeof statusOf>;

/** A problem is shown at least this long, so that one bad message among good ones can be seen. */
const SHOWN = 2_000;
/** A problem that repeats is told again at most once in this time. */
const RETOLD = 1_000;

interface Problem {
  readonly code: string;
  /** No message caused it, so no message that goes well says that it is over. */
  readonly lasting: boolean;
  count: number;
  /** When it last happened and when it was last told, by the monotonic clock. */
  last: number;
  told: number;
}

/** One handler of a node's errors: each is reported once, and shown until the node works again. */
export function createReporter(
  node: RedNode,
  clock: Clock,
  log: LogWatch,
  publish: (view: ViewBody) => void,
): Reporter {
  let problem: Problem | undefined;
  let usual: NodeStatus | undefined;
  let clearing: Timer | undefined;

  const clear = () => {
    clearing = undefined;
    problem = undefined;
    publish({ kind: 'cleared', what: 'problem' });
    node.status(usual ?? {});
  };

  const over = () => {
    if (!problem || clearing) return;
    const rest = problem.last + SHOWN - clock.monotonic();
    if (rest <= 0) clear();
    else clearing = clock.after(rest, clear);
  };

  const report = (thrown: unknown, lasting: boolean, hand: (error: MillraceError) => void) => {
    const error = asMillraceError(thrown);
    const { code, hint, title, message } = error;
    const now = clock.monotonic();
    reported.add(1, { code });
    clearing?.cancel();
    clearing = undefined;
    if (problem?.code !== code) {
      problem = { code, lasting, count: 0, last: now, told: -RETOLD };
      node.status(statusOf('error', title));
    }
    problem.count++;
    problem.last = now;
    const tell = now - problem.told >= RETOLD;
    if (tell) {
      problem.told = now;
      publish({ kind: 'problem', code, hint, title, message, count: problem.count });
    }
    log.hand(node, error, tell, () => hand(error));
  };

  return {
    reject: (thrown, done) => report(thrown, false, done),
    // With a message, Catch nodes hear of it too.
    report: (thrown) => report(thrown, true, (error) => node.error(error, { error: { code: error.code } })),
    mended() {
      if (problem && !problem.lasting) over();
    },
    status(status) {
      usual = status;
      if (!problem) node.status(status);
      else if (status.fill === 'red') node.status(status);
      else over();
    },
    close(removed) {
      clearing?.cancel();
      if (removed) publish({ kind: 'cleared', what: 'node' });
      else if (problem) publish({ kind: 'cleared', what: 'problem' });
    },
  };
}
