/** What `millrace run --supervised` and the supervisor that started it say to each other, over the channel between them. */
import { z } from 'zod';
import { gatewayProblem, vitals } from './gateways.ts';

/** From the run to its supervisor. */
export const runMessage = z.discriminatedUnion('type', [
  /** What it does before the flow runs, in words. */
  z.object({ type: z.literal('starting'), what: z.string() }),
  /** The flow was started. */
  z.object({ type: z.literal('ready') }),
  /** Once a second, from the main thread's event loop: a loop that hangs is silent. */
  z.object({ type: z.literal('vitals'), vitals }),
  /** Why it ends, told before an end that it has chosen itself. */
  gatewayProblem.extend({ type: z.literal('ending') }),
  /** Prometheus text, for the request of the same number. */
  z.object({ type: z.literal('metrics'), id: z.number(), text: z.string() }),
]);
export type RunMessage = z.output<typeof runMessage>;

/** From the supervisor to the run. The channel's closing, and SIGTERM, mean: end in order. */
export const runRequest = z.object({ type: z.literal('metrics'), id: z.number() });
export type RunRequest = z.output<typeof runRequest>;

/**
 * Exit codes of `millrace run` beyond those of every command: it has reached its memory ceiling and ended in order, and is
 * to be started again.
 */
export const EXIT_MEMORY = 3;
