import type { Gap } from '../../../../runtime/messages/index.ts';
import { gapText, openText, withKey } from '../../../../runtime/outbox/queue/wire.ts';
import type { Batch, Outgoing } from '../../../../runtime/outbox/senders/sender.ts';

const GATEWAY = 'gateway-1';

/** What stands in a stream in the place of messages that will never come. */
export const gapAt = (stream: string, gap: Gap): Outgoing => ({
  ...{ stream, sequence: gap.last, time: 0, body: gapText(GATEWAY, stream, gap), gap },
});

interface BatchOptions {
  readonly stream?: string;
  /** Sequence of the first message. */
  readonly first?: number;
  readonly name?: string;
}

/** Messages as the outbox hands them to a sender, in sequence; what has a sequence already stands as it is. */
export function batchOf(
  messages: readonly (Record<string, unknown> | Outgoing)[],
  { stream = 'readings', first = 1, name = `live-${String(first).padStart(12, '0')}-000000` }: BatchOptions = {},
): Batch {
  const outgoing = messages.map((message, index): Outgoing => {
    if ('body' in message && 'sequence' in message) return message as unknown as Outgoing;
    const sequence = first + index;
    const body = withKey(openText(stream, message), { gateway: GATEWAY, stream, sequence });
    return { stream, sequence, time: 1_700_000_000_000 + sequence, body };
  });
  return { name, lane: 'live', messages: outgoing };
}
