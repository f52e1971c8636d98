import { afterEach, describe, expect, it } from 'vitest';
import { failure, PROBATION, type Rig, rigWith } from './rig.ts';

let rig: Rig;
afterEach(() => rig.end());

describe('a bundle that had held', () => {
  it('and then keeps failing is left for the one before it, once', async () => {
    rig = await rigWith(1, 2);
    const failures = async () => {
      for (let i = 0; i < 5; i++) {
        await rig.rollout.starting();
        await rig.rollout.failed(failure);
      }
    };
    await failures();
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    expect(rig.events.at(-1)).toMatchObject({ kind: 'rolled-back', release: { version: 2 } });
    // The other was left for this one: nobody is any the better for going there again.
    await failures();
    await failures();
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
  });

  it('waits longer before each start, up to five minutes', async () => {
    rig = await rigWith(1);
    const pauses: number[] = [];
    for (let i = 0; i < 12; i++) {
      await rig.rollout.starting();
      pauses.push(await rig.rollout.failed(failure));
    }
    expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(pauses.at(-1)).toBe(300_000);
    // Once it has held again the pauses are short again.
    await rig.start();
    await rig.run(PROBATION + 1_000);
    expect(await rig.rollout.failed(failure)).toBe(1_000);
  });

  it('is gone back from and to by hand', async () => {
    rig = await rigWith(1, 2);
    await rig.rollout.rollBack();
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    await rig.rollout.rollBack();
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
  });
});
