import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../runtime/messages/index.ts';
import { openBooks } from '../../scripts/soak/outbox/books.ts';

const message = (sequence: number, n = sequence, stream = 'pump'): WireMessage => ({
  ...{ key: { gateway: 'g', stream, sequence }, payload: n },
  time: sequence,
});

describe('the books of an outbox that is killed', () => {
  it('find what is lost, what came as another and what came out of its turn', () => {
    const books = openBooks();
    for (let i = 1; i <= 4; i++) books.taken('pump', i, i);
    for (const [sequence, n] of [
      [1, 1],
      [4, 4],
      [3, 7],
    ] as const)
      books.arrived(message(sequence, n));
    expect(books.verdict()).toMatchObject({
      ...{ taken: 4, arrived: 3, lost: 1 },
      wrong: ['pump/3 first came after pump/4', 'pump/3 was taken as 3 and came as 7'],
    });
  });

  it('count what comes again for the kill that ended what it had come over, also where a life lies between', () => {
    const books = openBooks();
    const [first, second, third] = [{}, {}, {}];
    for (const stream of ['live', 'bulk']) for (let i = 1; i <= 3; i++) books.arrived(message(i, i, stream), first);
    // The second life ends before it comes to the other lane.
    for (let i = 1; i <= 5; i++) books.arrived(message(i, i, 'live'), second);
    for (let i = 1; i <= 5; i++) books.arrived(message(i, i, 'live'), third);
    for (let i = 1; i <= 3; i++) books.arrived(message(i, i, 'bulk'), third);
    expect(books.verdict()).toMatchObject({ repeats: 11, repeatsAfterAKill: 6 });
  });
});
