/** A gateway is killed, and its power cut, at every named state of a deploy. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEPLOY_STATES, type DeployState } from '../../runtime/messages/index.ts';
import { gatewayPaths } from '../../runtime/rollout/index.ts';
import { mayMount, mountImage, stopped } from '../../scripts/soak/outbox/power-cuts.ts';
import { type Mosquitto, mosquittoMissing, startMosquitto } from '../support/mosquitto.ts';
import { until } from '../support/node-red.ts';
import { begin, type Life, runningFolders, stands, wholeBundle } from './gateway/life.ts';
import { packPump, pumpRoot } from './gateway/pump-bundles.ts';
import { listen } from './gateway/receiver.ts';

/** What there is to fall at: with nothing under way there is nothing to lose. */
const STATES = DEPLOY_STATES.filter((state) => state !== 'idle');
const LATE = new Set<DeployState>(['switching', 'probation', 'committing']);

const possible = mayMount();
if (!possible && process.env['CI']) throw new Error('CI needs root and loop devices, for the disk whose power is cut');

type Version = Awaited<ReturnType<Awaited<ReturnType<typeof packPump>>>>;

/** Stops the flow's process where it stands. @returns its id; nothing between two starts */
async function stopFlow(userDir: string): Promise<number | undefined> {
  try {
    const { pid } = JSON.parse(await readFile(gatewayPaths(userDir).flow, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGSTOP');
    await stopped(pid);
    return pid;
  } catch {
    return undefined;
  }
}

describe.skipIf(mosquittoMissing)('a gateway at every named state of a deploy', { timeout: 900_000 }, () => {
  let place: string;
  let broker: Mosquitto;
  let books: Awaited<ReturnType<typeof listen>>;
  let version: Awaited<ReturnType<typeof packPump>>;
  let life: Life | undefined;
  // Each has books of its own: what a gateway has taken as it ends is in its outbox, and comes when that runs again.
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'millrace-gateway-kills-'));
    broker = await startMosquitto();
    const acknowledged = join(place, 'acknowledged');
    books = await listen(broker.url, acknowledged);
    version = await packPump(place, broker.url, acknowledged);
  }, 120_000);
  afterEach(async () => {
    // Of a test that failed.
    life?.process.kill('SIGTERM');
    await life?.ended;
    life = undefined;
    await books.close();
    await broker.close();
    await rm(place, { recursive: true, force: true });
  });

  it('is killed and comes back with one whole bundle, the old one or the new one, and loses nothing it had taken', async () => {
    const userDir = join(place, 'user');
    let number = 1;
    let good = await version(number);
    await firstHolds(userDir, good);
    for (const [i, at] of STATES.entries()) {
      const next = await version(++number, at === 'rolling-back');
      const how = i % 2 === 0 ? 'supervisor killed' : 'all killed';
      const after = i % 3 === 0 ? 0 : 40 * Math.random();
      life?.deploy({ bundle: next.directory, fall: { at, how, after } });
      expect(await life?.ended).toBe('SIGKILL');
      if ((await comesBack(userDir, at, good, next)) === next.digest) good = next;
    }
    await everythingArrives(userDir);
  });

  it.skipIf(!possible)('has its power cut and comes back so, too', async () => {
    // Memory is a quick disk: the copy is taken in an instant.
    const images = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'millrace-gateway-power-'));
    let disk = mountImage(images, 'disk-0', true);
    const userDir = () => join(disk.directory, 'user');
    const nothingRuns = () => until(() => runningFolders(userDir()).length === 0, 'nothing runs any more', 60_000);
    try {
      let number = 100;
      let good = await version(number);
      await firstHolds(userDir(), good);
      for (const [i, at] of STATES.entries()) {
        const next = await version(++number, at === 'rolling-back');
        const fallen = life as Life;
        fallen.deploy({ bundle: next.directory, fall: { at, how: 'stopped', after: i % 2 === 0 ? 0 : 30 } });
        await fallen.until(`it is ${at}`, ({ state }) => state === at);
        await stopped(fallen.process.pid ?? 0);
        const flow = await stopFlow(userDir());
        const image = join(images, `disk-${i + 1}.ext4`);
        execFileSync('cp', ['--sparse=always', disk.image, image]);
        if (flow !== undefined) process.kill(flow, 'SIGKILL');
        fallen.process.kill('SIGKILL');
        await fallen.ended;
        await nothingRuns();
        await letGo(disk);
        await rm(disk.image);
        disk = mountImage(images, `disk-${i + 1}`, false);
        if ((await comesBack(userDir(), at, good, next)) === next.digest) good = next;
      }
      await everythingArrives(userDir());
    } finally {
      life?.process.kill('SIGKILL');
      await life?.ended;
      await nothingRuns();
      await letGo(disk);
      await rm(images, { recursive: true, force: true });
    }
  });

  async function firstHolds(userDir: string, bundle: Version): Promise<void> {
    await mkdir(gatewayPaths(userDir).directory, { recursive: true });
    await writeFile(gatewayPaths(userDir).root, JSON.stringify(pumpRoot()), { flush: true });
    life = begin(userDir);
    life.deploy({ bundle: bundle.directory });
    await life.until('the first bundle holds', (status) => stands(status) && status.running !== undefined);
    await endLife(life);
    expect(runningFolders(userDir)).toEqual([]);
    life = begin(userDir);
    await life.until('it stands', stands);
  }

  /** It goes on living. @returns the digest of what runs then */
  async function comesBack(userDir: string, at: DeployState, good: Version, next: Version): Promise<string> {
    life = begin(userDir);
    await life.until(`it stands after it fell while ${at}`, stands);
    const digest = await wholeBundle(userDir);
    const allowed = at === 'committing' ? [next] : LATE.has(at) ? [good, next] : [good];
    expect(
      allowed.map((one) => one.digest),
      at,
    ).toContain(digest);
    return digest;
  }

  async function everythingArrives(userDir: string): Promise<void> {
    // Enough of both has gone through for the kills to say something.
    let now = await books.lost();
    await until(
      async () => {
        now = await books.lost();
        return (now.lost === 0 && now.taken > 200 && now.predictions > 3) || undefined;
      },
      'everything has arrived',
      120_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(now)}`);
    });
    expect(books.wrong).toEqual([]);
    if (life) await endLife(life);
    expect(runningFolders(userDir)).toEqual([]);
  }
});

async function endLife(life: Life): Promise<void> {
  life.process.kill('SIGTERM');
  expect(await life.ended).toBe(0);
}

/** A process that was killed is gone a moment before its files are. */
async function letGo(disk: ReturnType<typeof mountImage>): Promise<void> {
  await until(() => {
    try {
      disk.remove();
      return true;
    } catch {
      return undefined;
    }
  }, 'the disk is let go of');
}
