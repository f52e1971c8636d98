import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { BEHIND, createBehind } from '../../../../runtime/outbox/delivery/behind.ts';

function withSlowDisk() {
  const asked: { resolve(): void; reject(error: unknown): void }[] = [];
  const failures: unknown[] = [];
  let caughtUp = 0;
  const settled = () => new Promise<void>((resolve, reject) => asked.push({ resolve, reject }));
  const behind = createBehind({
    queue: { settled },
    clock: systemClock,
    caughtUp: () => (caughtUp += 1),
    failed: (error) => failures.push(error),
  });
  return { behind, asked, failures, times: () => caughtUp };
}

const soon = { timeout: 60_000, interval: 1 };

describe('what the disk does not hold yet of what was acknowledged', () => {
  it('stops the sending when it is too much, and lets it go on when the disk has caught up', async () => {
    const { behind, asked, times } = withSlowDisk();
    behind.acknowledged(BEHIND / 2 - 1);
    expect(asked).toHaveLength(0);
    behind.acknowledged(BEHIND);
    expect(behind.tooFar).toBe(true);
    expect(asked).toHaveLength(1);

    // What comes while the disk writes is not in what it was asked for.
    behind.acknowledged(BEHIND);
    asked[0]?.resolve();
    await expect.poll(() => asked.length, soon).toBe(2);
    expect(times()).toBe(1);
    expect(behind.tooFar).toBe(true);
    asked[1]?.resolve();
    await expect.poll(times, soon).toBe(2);
    expect(behind.tooFar).toBe(false);
    expect(asked).toHaveLength(2);
  });

  it('is told when it cannot be written', async () => {
    const { behind, asked, failures } = withSlowDisk();
    behind.acknowledged(BEHIND);
    asked[0]?.reject(new Error('disk'));
    await expect.poll(() => failures, soon).toEqual([new Error('disk')]);
    expect(behind.tooFar).toBe(true);
  });
});
