/** Two hundred kills of a gateway in mid-stream. `npm run soak` makes a thousand. */
import { describe, expect, it } from 'vitest';
import { MOST_REPEATS } from '../../scripts/soak/outbox/books.ts';
import { killAgainAndAgain } from '../../scripts/soak/outbox/kills.ts';

describe('a gateway that is killed two hundred times while it takes, sends and is acknowledged', () => {
  it('loses nothing that it had taken, and repeats at most what was under way', async () => {
    // Two gateways, one a core.
    const verdicts = await Promise.all([1, 2].map((seed) => killAgainAndAgain({ seed, kills: 100 })));
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ lost: 0, wrong: [], complaints: [] });
      expect(verdict.repeatsAfterAKill).toBeLessThanOrEqual(MOST_REPEATS);
      // Otherwise the kills would say nothing.
      expect(verdict.taken).toBeGreaterThan(10_000);
      expect(verdict.repeats).toBeGreaterThan(0);
    }
  });
});
