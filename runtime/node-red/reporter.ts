import { asMillraceError, type Clock, counter, type MillraceError, type Timer } from '../base/index.ts';
import type { ViewBody } from '../messages/index.ts';
import type { StatusLook } from './definition.ts';
import type { LogWatch } from './log-watch.ts';
import type { RedNode } from './red.ts';
import { type NodeStatus, statusOf } from './status.ts';
import { steadyStatus } from './steady-status.ts';
import { worthTelling } from './worth-telling.ts';

const reported = counter('millrace_node_errors_total', 'Errors reported by Millrace nodes, by code');

export interface Reporter {
  /** Red status, sidebar, console; `done` carries it to Catch. For an error that a message caused. */
  reject(error: unknown, done: (error: MillraceError) => void): void;
  /** Red status, sidebar, console and Catch, for an error that no message caused. */
  report(error: unknown): void;
  /** Console and sidebar, once; nothing takes it down. */
  warn(warning: MillraceError | undefined): void;
  /** A message went well: a problem that an earlier message caused is taken down. */
  mended(): void;
  /** A status of the node's own. One that is not red says that the node works: any problem is taken down. */
  status(look: StatusLook, status: () => NodeStatus): void;
  /** The node is gone: whatever comes late is not shown at the node that follows it under the same id. */
  close(removed: boolean): void;
}

/** A problem is shown at least this long, so that one bad message among good ones can be seen. */
const SHOWN = 2_000;
interface Problem {
  readonly code: string;
  /** No message caused it, so no message that goes well says that it is over. */
  readonly lasting: boolean;
  count: number;
  /** When it last happened, by the monotonic clock. */
  last: number;
}

/** One handler of a node's errors: each is reported once, and shown until the node works again. */
export function createReporter(
  node: RedNode,
  clock: Clock,
  log: LogWatch,
  publish: (view: ViewBody) => void,
): Reporter {
  const shown = steadyStatus(clock, (status) => node.status(status));
  let problem: Problem | undefined;
  let usual: (() => NodeStatus) | undefined;
  let clearing: Timer | undefined;
  let closed = false;
  let warned = false;
  const isNews = worthTelling(clock);

  const clear = () => {
    clearing = undefined;
    problem = undefined;
    publish({ kind: 'cleared', what: 'problem' });
    shown.setNow(usual?.() ?? {});
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
    if (problem?.code !== code) problem = { code, lasting, count: 0, last: now };
    shown.setNow(statusOf('error', title));
    problem.count++;
    problem.last = now;
    const tell = isNews(error);
    if (tell) publish({ kind: 'problem', code, hint, title, message, count: problem.count });
    log.hand(node, error, tell, () => hand(error));
  };

  return {
    reject(thrown, done) {
      if (closed) done(asMillraceError(thrown));
      else report(thrown, false, done);
    },
    report(thrown) {
      // With a message, Catch nodes hear of it too.
      if (!closed) report(thrown, true, (error) => node.error(error, { error: { code: error.code } }));
    },
    warn(warning) {
      if (closed || (!warning && !warned)) return;
      warned = warning !== undefined;
      if (!warning) return publish({ kind: 'cleared', what: 'problem' });
      const { code, hint, title, message } = warning;
      publish({ kind: 'problem', code, hint, title, message, count: 1, waiting: true });
      log.note(node, warning);
    },
    mended() {
      if (!closed && problem && !problem.lasting) over();
    },
    status(look, status) {
      if (closed) return;
      usual = status;
      if (!problem || look === 'error') shown.set(status);
      else over();
    },
    close(removed) {
      closed = true;
      clearing?.cancel();
      shown.close();
      if (removed) publish({ kind: 'cleared', what: 'node' });
      else if (problem || warned) publish({ kind: 'cleared', what: 'problem' });
    },
  };
}
