/** What the sidebar and the command show of the outbox, and what they ask of it. */
import { z } from 'zod';
import { gap } from './upload.ts';

const lane = z.enum(['alarm', 'live', 'bulk']);

export const destinationRow = z.object({
  id: z.string(),
  /** The target's name; '' where it has none, or nobody serves it. */
  name: z.string(),
  /** Where it sends, or did when somebody served it, without secrets; '' where that is not known. */
  address: z.string(),
  /** Of its target, as the address. */
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
  /** How many waited over the last hour: [time in ms since the epoch, from then on], oldest first. */
  course: z.array(z.tuple([z.number(), z.number()])),
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
  /** What keeps it from sending, and since when; the attempts that failed one after the other, and when the next is made. */
  problem: z
    .object({
      ...{ code: z.string(), title: z.string(), message: z.string(), hint: z.string() },
      since: z.number().optional(),
    })
    .optional(),
  failures: z.number(),
  retryAt: z.number().optional(),
  /** `open`: after many failures it is tried seldom; `half-open`: one message is on trial. */
  circuit: z.enum(['closed', 'open', 'half-open']).optional(),
});
export type DestinationRow = z.infer<typeof destinationRow>;

export const outboxAnswer = z.object({
  destinations: z.array(destinationRow),
  /** The gateway's clock, ms since the epoch: the reader's may be another. */
  now: z.number(),
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

export const deadLettersAnswer = z.object({
  letters: z.array(deadLetterRow),
  /** There are more behind the last. */
  more: z.boolean(),
});
export type DeadLettersAnswer = z.infer<typeof deadLettersAnswer>;

/** Of dead letters, page by page. Numbers come as texts in an address. */
export const deadLettersRequest = z.object({
  destination: z.string().optional(),
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** What came of a command: how many letters were sent again or deleted. */
export const outboxDone = z.object({ letters: z.number().optional() });
export type OutboxDone = z.infer<typeof outboxDone>;

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
      /**
       * Messages of it keep the keys of the gateways that sent them, so that the receiver has them under those: the numbers
       * here are of the way through this gateway alone.
       */
      relayed: z.literal(true).optional(),
    }),
  ),
  /** How the destinations stood when it was written: for who looks at the file while the gateway holds the queue. */
  destinations: z.array(destinationRow.omit({ name: true })).optional(),
});
export type Ledger = z.infer<typeof ledger>;

/** The setting of a target node that says where it sends, by its kind; the built-in broker has none. */
export const TARGET_PLACES: Readonly<Record<string, string>> = {
  mqtt: 'url',
  https: 'webhook',
  s3: 'bucket',
  postgres: 'database',
  sqlite: 'databaseFile',
  files: 'folder',
};
