import { wireMessage, type WireMessage } from '../../../runtime/messages/index.ts';

/** What two tables hold, as it was on the wire: messages in their order, and the gaps. */
export function fromTables(
  messages: readonly unknown[],
  gaps: readonly Readonly<Record<string, unknown>>[],
): readonly WireMessage[] {
  const told = gaps.map(({ gateway, stream, first, last, reason }) => ({
    key: { gateway, stream, sequence: Number(last) },
    gap: { first: Number(first), last: Number(last), reason },
  }));
  return [...messages, ...told].map((one) => wireMessage.parse(one));
}
