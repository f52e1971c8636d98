/** What the sidebar and the command show of the outbox, and what they ask of it. */
import { z } from 'zod';
import { gap } from './upload.ts';

const lane = z.enum(['alarm', 'live', 'bulk']);

export const destinationRow = z.object({
  id: z.string(),
  /** The target's name; '' where it has none, or nobody serves it. */
  name: z.string(),
  /** Where it sends, without secrets; '' where nobody serves it. */
  address: z.string(),
  kind: z.string(),
  served: z.boolean(),
  connected: z.boolean(),
  paused: z.boolean(),
  /** What it waits for while nothing is wrong: a full batch, the schedule, the link's budget; and until when, ms since the epoch. */
  holding: z
    .object({ reason: z.enum(['batch', 'schedule', 'budget', 'bandwidth']), until: z.number().optional() })
    .optional(),
  /** Messages on disk that it has not acknowledged. */
  depth: z.number(),
  /** Of JSON. */
  bytes: z.number(),
  /** Age of the oldest of them, ms. */
  oldestMs: z.number(),
  lanes: z.array(z.object({ lane, depth: z.number() })),
  /** Acknowledged since the start. */
  sent: z.number(),
  /** Acknowledged messages a second, over the last ten seconds. */
  rate: z.number(),
  /** Of the last acknowledgement, ms since the epoch. */
  acknowledgedAt: z.number().optional(),
  /** Messages that were dropped by a policy, or damaged, since the start: each was told to the receiver as a gap. */
  dropped: z.array(z.object({ reason: z.string(), messages: z.number() })),
  /** Kept because the destination refused them. */
  dead: z.number(),
  /** What keeps it from sending; the attempts that failed one after the other, and when the next is made. */
  problem: z.object({ code: z.string(), title: z.string(), message: z.string(), hint: z.string() }).optional(),
  failures: z.number(),
  retryAt: z.number().optional(),
});
export type DestinationRow = z.infer<typeof destinationRow>;

export const outboxAnswer = z.object({
  destinations: z.array(destinationRow),
  /** On disk, log and reserve included. */
  bytes: z.number(),
  quota: z.number(),
});
export type OutboxAnswer = z.infer<typeof outboxAnswer>;

export const deadLetterRow = z.object({
  id: z.number(),
  stream: z.string(),
  sequence: z.number(),
  time: z.number(),
  refusedAt: z.number(),
  code: z.string(),
  reason: z.string(),
  body: z.string(),
  again: z.boolean(),
});
export type DeadLetterRow = z.infer<typeof deadLetterRow>;

export const outboxCommand = z.discriminatedUnion('do', [
  z.object({ do: z.literal('pause'), destination: z.string() }),
  z.object({ do: z.literal('resume'), destination: z.string() }),
  /** All dead letters of the destination, or some. */
  z.object({ do: z.literal('retry'), destination: z.string(), letters: z.array(z.number()).optional() }),
  z.object({ do: z.literal('delete'), destination: z.string(), letters: z.array(z.number()).optional() }),
]);
export type OutboxCommand = z.infer<typeof outboxCommand>;

/** What each receiver must hold, as the gateway knows it: `outbox/ledger.json`, and what `verify` compares. Format 1. */
export const ledger = z.object({
  format: z.literal(1),
  gateway: z.string(),
  /** When it was written, ms since the epoch. */
  time: z.number(),
  streams: z.array(
    z.object({
      destination: z.string(),
      stream: z.string(),
      first: z.number(),
      appended: z.number(),
      acknowledged: z.number(),
      gaps: z.array(gap),
      dead: z.array(z.number()),
    }),
  ),
});
export type Ledger = z.infer<typeof ledger>;
