import { afterEach, describe, expect, it } from 'vitest';
import { codeOf, failure, PROBATION, release, type Rig, rigWith, vitalsAt } from './rig.ts';

let rig: Rig;
afterEach(() => rig.end());

describe('a new bundle', () => {
  it('that fails three times goes back, and says so when the one before it runs', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 } });
      await rig.rollout.failed(failure);
    }
    expect(rig.rollout.status().state).toBe('rolling-back');
    expect(await rig.start()).toMatchObject({ release: { version: 1 }, candidate: false });
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', problem: { code: 'BUNDLE_NOT_STARTED' } });
    const event = rig.events.at(-1);
    expect(event).toMatchObject({ kind: 'rolled-back', release: { version: 2 } });
    expect(event?.text).toContain('"pump" 1 runs again: "pump" 2 was started 3 times');
  });

  it('that ends the power with each start goes back too: starts are counted before', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 } });
      await rig.rollout.close();
      await rig.open();
    }
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
  });

  it('that is not up in time is started anew, and goes back after the third', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      const before = rig.restarts();
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 } });
      rig.clock.goTo(rig.clock.monotonic() + 301_000);
      expect(rig.restarts()).toBe(before + 1);
      await rig.rollout.ended();
    }
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
    expect(rig.rollout.status().problem?.message).toContain('it was not up after 300 s');
  });

  it('that is stopped or started anew in order, however often, is still on trial', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 5; i++) {
      expect(await rig.start()).toMatchObject({ release: { version: 2 }, candidate: true });
      await rig.run(2_000);
      await rig.rollout.ended();
      if (i % 2 === 0) continue;
      await rig.rollout.close();
      await rig.open();
    }
    for (let i = 0; i < 2; i++) {
      await rig.rollout.starting();
      await rig.rollout.failed(failure);
    }
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
    await rig.run(PROBATION + 1_000);
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
  });

  it('that is not well goes back, with the reason', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    const before = rig.restarts();
    await rig.run(5_000, () => ({ vectors: { checked: 2, failed: ['pump-health'] } }));
    expect(rig.restarts()).toBe(before + 1);
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    expect(rig.rollout.status().problem).toMatchObject({ code: 'BUNDLE_UNHEALTHY' });
    expect(rig.rollout.status().problem?.message).toContain('"pump-health"');
  });

  it('is judged against the bundle before it', async () => {
    rig = await rigWith(1);
    await rig.rollout.starting();
    await rig.rollout.up();
    const errors = (perMinute: number) => (uptime: number) => ({ errors: (uptime / 60_000) * perMinute });
    await rig.run(120_000, errors(30));
    await rig.deploy(release(2));
    await rig.start();
    await rig.run(PROBATION + 1_000, errors(60));
    expect(rig.rollout.status().running?.version).toBe(2);
  });

  it('with nothing before it is tried on for ever, and a better one takes its place', async () => {
    rig = await rigWith();
    await rig.deploy(release(1));
    for (let i = 0; i < 12; i++) {
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
      expect(await rig.rollout.failed(failure)).toBeLessThanOrEqual(300_000);
    }
    // It runs for want of another one, and nobody is told that it was deployed.
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', held: false, problem: { code: 'BUNDLE_NOT_STARTED' } });
    expect(rig.events).toMatchObject([{ kind: 'refused', release: { version: 1 } }]);
    expect(await codeOf(rig.rollout.rollBack())).toBe('NOTHING_TO_GO_BACK_TO');
    await rig.deployAndHold(release(2));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
    // What never held is nothing to go back to.
    expect(await codeOf(rig.rollout.rollBack())).toBe('NOTHING_TO_GO_BACK_TO');
  });

  it('with nothing before it may hold in the end, and is then as good as any', async () => {
    rig = await rigWith();
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      await rig.rollout.starting();
      await rig.rollout.failed(failure);
    }
    // Somebody plugs the sensor in.
    await rig.start();
    await rig.run(PROBATION + 1_000);
    expect(rig.events.at(-1)).toMatchObject({ kind: 'deployed', release: { version: 2 } });
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', held: true });
    expect(rig.rollout.status().problem).toBeUndefined();
    expect(await codeOf(rig.rollout.offer(release(1).offer))).toBe('RELEASE_OLDER');
  });

  it('with nothing before it, that did not hold, is tried anew when it is deployed again', async () => {
    rig = await rigWith();
    await rig.deploy(release(1));
    for (let i = 0; i < 3; i++) {
      await rig.rollout.starting();
      await rig.rollout.failed(failure);
    }
    await rig.deployAndHold(release(1));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', held: true, running: { version: 1 } });
  });

  it('is not the last good one before all of its models are checked', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    const vectors = (pending: number) => () => ({ vectors: { checked: 1, failed: [], pending } });
    await rig.run(PROBATION + 5_000, vectors(1));
    expect(rig.rollout.status()).toMatchObject({ state: 'probation' });
    await rig.run(1_000, vectors(0));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 }, held: true });
  });

  it('is not gone back from in the moment in which it becomes the last good one', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    await rig.run(PROBATION - 1_000);
    rig.clock.goTo(rig.clock.monotonic() + 2_000);
    rig.rollout.beat(vitalsAt(PROBATION));
    const before = rig.restarts();
    expect(await codeOf(rig.rollout.rollBack())).toBe('DEPLOY_BUSY');
    await rig.rollout.settled();
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
    expect(rig.restarts()).toBe(before);
  });

  it('can be left by hand while it is watched', async () => {
    rig = await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    await rig.rollout.rollBack();
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    expect(rig.rollout.status().problem?.code).toBe('ROLLED_BACK_BY_HAND');
  });
});
