/** The power fails at every step that a deploy makes on the disk, and at random ones of random lives. */
import { constants } from 'node:fs';
import { cp } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkUnpacked } from '../../../../runtime/bundle/index.ts';
import { power } from './failing-disk.ts';
import { createRig, PROBATION, release, type Rig } from './rig.ts';

vi.mock('node:fs/promises', async (original) => {
  const { failing } = await import('./failing-disk.ts');
  return failing(await original());
});

let rig: Rig | undefined;
afterEach(async () => {
  power.failAfter(Infinity);
  await rig?.end();
});

const failure = { kind: 'crashed', text: 'it ended with 1' } as const;

/** The power is back: whatever was under way has come to its end. */
async function powerOn(which: Rig): Promise<void> {
  await which.rollout.close().catch(() => undefined);
  power.failAfter(Infinity);
  await which.open();
}

/** What is started: one whole bundle, as it was signed. */
async function startWhole(which: Rig) {
  const started = await which.rollout.starting();
  if (!started) return undefined;
  const { digest } = await checkUnpacked(started.directory);
  expect(digest).toBe(started.release.digest);
  return started;
}

/** @returns whether it came to its end */
async function untilCut(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
  } catch (error) {
    if (!power.gone) throw error;
  }
  return !power.gone;
}

let model: Rig;
beforeAll(async () => {
  model = await createRig();
  await model.open();
  await model.deployAndHold(release(1));
  await model.deployAndHold(release(2));
  await model.rollout.close();
});
afterAll(() => model.end());

/** A gateway on which the second of two bundles holds. */
async function twoDeployed(): Promise<Rig> {
  const made = await createRig();
  await cp(model.directory, made.directory, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await made.open();
  return made;
}

describe('a gateway whose power fails at any step', { timeout: 180_000 }, () => {
  it('of a deploy runs the old bundle or the new one, whole, and takes the deploy when it is made again', async () => {
    const three = release(3);
    const ran = new Set<number>();
    for (let steps = 0; ; steps++) {
      rig = await twoDeployed();
      power.failAfter(steps);
      const whole = await untilCut(() => (rig as Rig).deployAndHold(three));
      if (whole) break;
      await powerOn(rig);
      const started = await startWhole(rig);
      ran.add(started?.release.version ?? 0);
      expect([2, 3]).toContain(started?.release.version);
      await rig.rollout.up();
      await rig.run(PROBATION + 1_000);
      const { state, running } = rig.rollout.status();
      expect(state).toBe('idle');
      expect(running?.version).toBe(started?.release.version);
      await rig.deployAndHold(three);
      expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 3 } });
      await rig.end();
      // Enough of them to say something.
      expect(steps).toBeLessThan(1_000);
    }
    expect([...ran].sort()).toEqual([2, 3]);
  });

  it('of going back runs the bundle that is gone back to, or once more the new one, and then that', async () => {
    for (let steps = 0; ; steps++) {
      rig = await twoDeployed();
      await rig.deploy(release(3));
      power.failAfter(steps);
      const fail = async (which: Rig) => {
        for (let i = 0; i < 3; i++) {
          const started = await startWhole(which);
          if (started?.release.version !== 3) return;
          await which.rollout.failed(failure);
        }
      };
      const whole = await untilCut(async () => {
        await fail(rig as Rig);
        await (rig as Rig).start();
      });
      if (whole) break;
      await powerOn(rig);
      await fail(rig);
      expect(await startWhole(rig)).toMatchObject({ release: { version: 2 }, candidate: false });
      await rig.rollout.up();
      expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
      await rig.end();
    }
  });

  it('keeps, over any life, exactly one whole bundle chosen, none older than what has held, and goes on taking deploys', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryStep, { minLength: 1, maxLength: 25 }), async (life) => {
        const own = await createRig();
        try {
          await own.open();
          await live(own, life);
        } finally {
          power.failAfter(Infinity);
          await own.end();
        }
      }),
      { numRuns: 40 },
    );
  });
});

type Step = { readonly cut: number } & (
  | { readonly do: 'deploy'; readonly passes: boolean }
  | { readonly do: 'hold' | 'fail' | 'sicken' | 'switch-off' | 'roll-back' }
);

const arbitraryStep: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(fc.constant(Infinity), fc.nat(90)),
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('deploy' as const), passes: fc.boolean() }) },
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constantFrom('hold', 'hold', 'fail', 'fail', 'sicken', 'switch-off', 'roll-back' as const),
        }),
      },
    ),
  )
  .map(([cut, what]) => ({ cut, ...what }));

async function live(own: Rig, life: readonly Step[]): Promise<void> {
  let version = 0;
  /** Versions that have been told to hold: what may run beside a new one. */
  const held = () => own.events.filter(({ kind }) => kind === 'deployed').map((event) => event.release?.version ?? 0);
  /** The newest that held, as long as nobody and no failure has led back from it. */
  let floor = 0;
  for (const step of life) {
    const before = Math.max(0, ...held());
    power.failAfter(step.cut);
    const whole = await untilCut(async () => {
      if (step.do === 'deploy') {
        const made = release(++version);
        const judges = {
          fit: () => Promise.resolve({}),
          test: () => (step.passes ? Promise.resolve() : Promise.reject(new Error('a test fails'))),
        };
        await own.rollout.close();
        await own.open({ judges });
        if (own.rollout.status().state === 'idle') await own.deploy(made);
        if (power.gone) throw new Error('cut off');
      } else if (step.do === 'hold') {
        if (await own.start()) await own.run(PROBATION + 1_000);
      } else if (step.do === 'sicken') {
        if (await own.start()) await own.run(4_000, () => ({ missing: ['gauge'] }));
      } else if (step.do === 'fail') {
        for (let i = 0; i < 2; i++) if (await own.rollout.starting()) await own.rollout.failed(failure);
      } else if (step.do === 'roll-back') {
        await own.rollout.rollBack().catch(() => undefined);
      } else power.gone = true;
    });
    const newest = Math.max(0, ...held());
    if (newest > before) floor = newest;
    else if (step.do === 'fail' || step.do === 'roll-back') floor = 0;
    power.failAfter(Infinity);
    if (!whole) await powerOn(own);

    const started = await startWhole(own);
    if (newest > 0) expect(started).toBeDefined();
    if (!started) continue;
    const { release: runs, candidate } = started;
    expect(runs.version).toBeGreaterThanOrEqual(floor);
    if (newest > 0 && !candidate) expect(held()).toContain(runs.version);
  }
  // And it is not stuck: a good bundle can always be put on it.
  await own.rollout.close();
  await own.open();
  for (let i = 0; i < 4 && own.rollout.status().state !== 'idle'; i++) {
    await own.rollout.starting();
    await own.rollout.failed(failure);
  }
  await own.deployAndHold(release(++version));
  expect(own.rollout.status()).toMatchObject({ state: 'idle', running: { version } });
}
