import type { Item } from '../queue/types.ts';
import type { MessagesRefused } from '../senders/index.ts';

/** A message that its destination will never take, and why. */
export interface Refused {
  readonly item: Item;
  readonly code: string;
  readonly reason: string;
}

/**
 * What is to be done with a batch that was refused: which messages are, and what of the rest is sent again, together. Where the
 * destination did not say which, halves are sent until it is down to single messages.
 *
 * @see https://en.wikipedia.org/wiki/Group_testing
 */
export function sortOut(
  items: readonly Item[],
  { indices, rest: others, reason: { code, message } }: MessagesRefused,
): { readonly refused: readonly Refused[]; readonly again: readonly (readonly Item[])[] } {
  const named = new Set(indices?.filter((index) => index in items));
  if (named.size === 0 && items.length > 1) {
    const middle = items.length >> 1;
    return { refused: [], again: [items.slice(0, middle), items.slice(middle)] };
  }
  const isRefused = (index: number) => named.has(index) || items.length === 1;
  const rest = others === 'taken' ? [] : items.filter((_, index) => !isRefused(index));
  return {
    refused: items.filter((_, index) => isRefused(index)).map((item) => ({ item, code, reason: message })),
    again: rest.length > 0 ? [rest] : [],
  };
}
