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

  it('is not left for what is wrong with the device, whose every bundle would fail so', async () => {
    rig = await rigWith(1, 2);
    const problem = { code: 'PORT_IN_USE', title: 'port in use', message: 'port 1880 is in use', hint: 'Free it.' };
    const pauses: number[] = [];
    for (let i = 0; i < 8; i++) {
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 } });
      pauses.push(await rig.rollout.failed({ kind: 'crashed', text: problem.message, problem }));
    }
    expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
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
    // Somebody wanted it so: nothing is the matter.
    expect(rig.rollout.status().problem).toBeUndefined();
    await rig.rollout.rollBack();
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
  });
});
