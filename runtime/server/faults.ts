/**
 * Errors that nobody caught: a promise or a timer that a node started and forgot. Node would end the process; here they
 * are traced to their node where that can be done, reported there, counted, and the rest goes on.
 */
import { asMillraceError, counter } from '../base/index.ts';
import { currentNode } from '../node-red/index.ts';
import { errors } from './errors.ts';
import type { Log } from './log.ts';
import type { NodeProblems } from './node-problems.ts';
import type { RedNode } from './node-red.ts';

const uncaught = counter(
  'millrace_uncaught_errors_total',
  'Errors that no code caught, by the type of node they were traced to',
);

/** Function nodes run as scripts of this name, so their stack traces tell the node. */
const FUNCTION_FRAME = /Function node(?: setup| cleanup)?:([\w.-]+)/;

/** The id of the node whose code threw: by its stack, or by what was running. */
export function nodeOf(thrown: unknown): string | undefined {
  const stack = thrown instanceof Error || hasStack(thrown) ? thrown.stack : undefined;
  return FUNCTION_FRAME.exec(stack ?? '')?.[1] ?? currentNode();
}

// An error of a function node's sandbox is no instance of this realm's Error.
const hasStack = (value: unknown): value is { stack: string; message: string } =>
  typeof value === 'object' && value !== null && typeof (value as { stack?: unknown }).stack === 'string';

export interface FaultOptions {
  readonly getNode: (id: string) => RedNode | null;
  readonly problems: NodeProblems;
  readonly log: Log;
}

/** Catches what nobody caught, from now on. @returns a function that ends it */
export function catchFaults({ getNode, problems, log }: FaultOptions): () => void {
  const handle = (thrown: unknown): void => {
    try {
      const id = nodeOf(thrown);
      const node = id === undefined ? null : getNode(id);
      uncaught.add(1, { node: node?.type ?? 'none' });
      const reason = hasStack(thrown) ? thrown.message : String(thrown);
      if (!node)
        return log.report('error', errors.UNCAUGHT({ reason: `${reason}${placeOf(thrown)}` }, { cause: thrown }));
      const { code } = asMillraceError(thrown);
      const coded = code !== 'UNEXPECTED';
      const later = errors.NODE_THREW_LATER({ reason }, { cause: thrown });
      problems.report(node, coded ? asMillraceError(thrown) : later);
    } catch (error) {
      // What handles the last errors must not make new ones.
      log.error(`an error could not be reported: ${String(error)}`);
    }
  };
  process.on('uncaughtException', handle);
  process.on('unhandledRejection', handle);
  return () => {
    process.off('uncaughtException', handle);
    process.off('unhandledRejection', handle);
  };
}

/** The innermost line of the stack, for errors that belong to no node. */
function placeOf(thrown: unknown): string {
  const frame = hasStack(thrown) ? /\n\s+at (.+)/.exec(thrown.stack)?.[1] : undefined;
  return frame === undefined ? '' : ` (at ${frame})`;
}
