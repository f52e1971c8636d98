/** What the process of a flow and its supervisor say to each other, and how the one ends for the other to see. */
import { z } from 'zod';
import { boardProfile } from './devices.ts';

/** What a running flow says of itself, once a second (`millrace run` to its supervisor) and beside a status. */
export const vitals = z.object({
  /** ms since the flow was started */
  uptime: z.number(),
  /** Longest gap of the event loop since the vitals before, ms. */
  lag: z.number(),
  /** Errors of nodes and uncaught ones, since the start. */
  errors: z.number(),
  rss: z.number(),
  heap: z.number(),
  /** Open handles and requests of the event loop. */
  handles: z.number(),
  /** All destinations together. */
  outbox: z.object({
    depth: z.number(),
    oldestMs: z.number(),
    sent: z.number(),
    failures: z.number(),
    /** Destinations that nobody answers at: the network, not the bundle. */
    unreachable: z.number(),
  }),
  /** Models in use whose vectors were checked on this machine, and how many are still to be. */
  vectors: z.object({
    checked: z.number(),
    failed: z.array(z.string()),
    pending: z.number().optional(),
    /** ms for a row of the slowest of them, as it was measured here. */
    slowestMs: z.number().optional(),
  }),
  /** Types of nodes that are not installed. */
  missing: z.array(z.string()),
  predictions: z.number(),
});
export type Vitals = z.output<typeof vitals>;

/** What `millrace run --supervised` tells its supervisor over the channel between the two. */
export const flowMessage = z.discriminatedUnion('type', [
  /** Before it is ready: what it is busy with, so that a slow start is not taken for a hung one. */
  z.object({ type: z.literal('starting'), what: z.string() }),
  /** The flow has started. */
  z.object({ type: z.literal('ready') }),
  /** Once a second from then on, from the main thread: a loop that hangs is silent. */
  z.object({ type: z.literal('vitals'), vitals }),
  /** It ends by itself, and why. */
  z.object({ type: z.literal('ending'), code: z.string(), message: z.string(), hint: z.string() }),
  /** What `{type: 'metrics', id}` is answered. */
  z.object({ type: z.literal('metrics'), id: z.number(), text: z.string() }),
  /** What `{type: 'boards', id}` is answered: of the real boards that are connected. */
  z.object({ type: z.literal('boards'), id: z.number(), boards: z.array(boardProfile) }),
]);
export type FlowMessage = z.output<typeof flowMessage>;

/** From the supervisor to the run. The channel's closing means, as SIGTERM does: end in order. */
export const flowRequest = z.object({ type: z.enum(['metrics', 'boards']), id: z.number() });
export type FlowRequest = z.output<typeof flowRequest>;

/**
 * The exit code of `millrace run` beyond those of every command: it reached its memory ceiling, ended in order, and is to be
 * started again.
 */
export const EXIT_MEMORY = 3;

/** Of its memory ceiling: where a flow ends in order, while there is still room to do so. */
export const MEMORY_END = 0.95;
