import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { acceptRelease, parseBundle } from '../../../runtime/bundle/index.ts';
import type { ReleaseFacts } from '../../../runtime/messages/index.ts';
import { pinnedRoot } from '../../../runtime/rollout/index.ts';
import { deploying, idOf } from '../../support/deploying.ts';
import { type FakeGateway, signedBundle, startTestStudio } from '../../support/gateways.ts';
import { until } from '../../support/node-red.ts';
import { studioOfEach } from '../../support/studio-of-each.ts';

const held = studioOfEach();
const { paired } = held;
const { inPhase, deploy, goesAway, nothingWaits } = deploying(held);
const runs = (gateway: FakeGateway, running: ReleaseFacts) =>
  gateway.set({ state: 'idle', process: 'running', running });

describe('a deploy', () => {
  it('sends what the gateway lacks, each file whole, and then has it installed', async () => {
    const { gateway } = await paired();
    // Two of one content, an empty one, one of several parts.
    const large = randomBytes(200_000);
    const files = { 'models/a': large, 'models/b': large, 'recordings/none': new Uint8Array() };
    const release = await deploy(gateway, files);
    await inPhase(gateway, 'gateway');
    expect(gateway.calls).toEqual(['install']);
    const [offer] = gateway.offers;
    const { manifest } = parseBundle('offer', offer?.manifest ?? '', undefined);
    for (const [path, { bytes, sha256 }] of Object.entries(manifest.files)) {
      expect([path, gateway.files.get(sha256)?.length, gateway.whole.has(sha256)]).toEqual([path, bytes, true]);
    }
    expect(held.studio.row(idOf(gateway)).deploy).toMatchObject({
      release,
      bytes: { sent: expect.any(Number) as number },
    });

    gateway.set({ state: 'probation', candidate: release });
    gateway.add({ kind: 'deployed', release, text: 'it holds' });
    await inPhase(gateway, 'done');
    await nothingWaits();
  });

  it('is signed so that the gateway accepts it by the root that it pinned', async () => {
    const { gateway, userDir } = await paired();
    await deploy(gateway);
    await inPhase(gateway, 'gateway');
    const [{ manifest = '', envelope } = {}] = gateway.offers;
    const rules = { group: 'any', runtime: '0.1.0', architecture: 'linux-arm64', now: systemClock.now() };
    const root = await pinnedRoot(userDir);
    const bundle = parseBundle('offer', manifest, envelope);
    expect(acceptRelease(bundle, { ...rules, root }).manifest.name).toBe('pump');
  });

  it('has a version above every one before, also where the clock was set back', async () => {
    const minutes = Math.floor((systemClock.now() - Date.UTC(2020, 0, 1)) / 60_000);
    const first = await signedBundle(held.studio.gateways);
    const second = await signedBundle(held.studio.gateways);
    expect(first.release.version).toBeGreaterThanOrEqual(minutes);
    expect(second.release.version).toBe(first.release.version + 1);
    await held.studio.stop();
    const clock = { ...systemClock, now: () => 0 };
    held.studio = await startTestStudio({ directory: held.studio.directory, clock });
    expect((await signedBundle(held.studio.gateways)).release.version).toBe(first.release.version + 2);
  });

  it('sends nothing that the gateway has', async () => {
    const { gateway } = await paired();
    const files = { 'models/a': randomBytes(100_000) };
    runs(gateway, await deploy(gateway, files));
    await inPhase(gateway, 'done');
    await deploy(gateway, { ...files, 'models/c': randomBytes(10) });
    await inPhase(gateway, 'gateway');
    expect(held.studio.row(idOf(gateway)).deploy?.bytes).toEqual({ sent: 10, all: 10 });
  });

  it('waits for a gateway that is away, also over a restart of the studio', async () => {
    const linked = await paired();
    const { gateway } = linked;
    const port = held.studio.port();
    await goesAway(linked);
    const release = await deploy(gateway);
    expect(held.studio.row(idOf(gateway)).deploy).toEqual({ release, phase: 'waiting' });
    await held.studio.stop();
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    expect(held.studio.row(idOf(gateway)).deploy).toEqual({ release, phase: 'waiting' });
    linked.open();
    await inPhase(gateway, 'gateway');
    expect(gateway.offers).toHaveLength(1);
  });

  it('is replaced by a newer one while it waits', async () => {
    const linked = await paired();
    await goesAway(linked);
    await deploy(linked.gateway);
    const newer = await deploy(linked.gateway);
    linked.open();
    await inPhase(linked.gateway, 'gateway');
    expect(linked.gateway.offers).toHaveLength(1);
    expect(held.studio.row(idOf(linked.gateway)).deploy?.release).toEqual(newer);
  });

  it('is refused while another is tried on the gateway', async () => {
    const { gateway } = await paired();
    const first = await deploy(gateway);
    await inPhase(gateway, 'gateway');
    gateway.set({ state: 'probation', candidate: first });
    const next = await signedBundle(held.studio.gateways);
    await expect(held.studio.gateways.deploy(idOf(gateway), next)).rejects.toMatchObject({ code: 'DEPLOY_UNDER_WAY' });
    await expect(held.studio.gateways.deploy('nobody', next)).rejects.toMatchObject({ code: 'GATEWAY_UNKNOWN' });
  });

  it('ends with the gateway’s own reason where that refuses it, or goes back', async () => {
    const { gateway } = await paired();
    const problem = { code: 'RELEASE_OLDER', message: 'older', hint: 'sign anew', title: 'older' };
    gateway.refuse = Object.assign(new Error('older'), problem);
    await deploy(gateway);
    await inPhase(gateway, 'failed');
    expect(held.studio.row(idOf(gateway)).deploy?.problem).toEqual(problem);

    gateway.refuse = undefined;
    const release = await deploy(gateway);
    await inPhase(gateway, 'gateway');
    const crash = { code: 'FLOW_CRASHED', message: 'three starts', hint: 'see the log', title: 'crashed' };
    gateway.add({ kind: 'rolled-back', release, text: 'back to the one before', problem: crash });
    await inPhase(gateway, 'failed');
    expect(held.studio.row(idOf(gateway)).deploy?.problem).toEqual(crash);
    await nothingWaits();
  });

  it('is not offered again where the gateway has decided while nobody heard it', async () => {
    const linked = await paired();
    const { gateway } = linked;
    const release = await deploy(gateway);
    await inPhase(gateway, 'gateway');
    const port = held.studio.port();
    await held.studio.stop();
    gateway.add({ kind: 'rolled-back', release, text: 'its tests fail' });
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    await inPhase(gateway, 'failed');
    expect(gateway.offers).toHaveLength(1);
    expect(held.studio.row(idOf(gateway)).events.map(({ text }) => text)).toEqual(['its tests fail']);
  });

  it('is offered again where the gateway has let go of it, and once where a file was spoilt', async () => {
    const { gateway } = await paired();
    const receive = gateway.receive.bind(gateway);
    /** By offer. */
    const refusals = ['DEPLOY_NOT_OFFERED', 'DEPLOY_PART_WRONG', undefined, 'DEPLOY_PART_WRONG', 'DEPLOY_PART_WRONG'];
    gateway.receive = (part) => {
      const code = refusals[gateway.offers.length - 1];
      if (code === undefined) return receive(part);
      return Promise.reject(Object.assign(new Error(code), { code, hint: 'again', title: 'no' }));
    };
    const release = await deploy(gateway, { 'models/a': randomBytes(100_000) });
    await inPhase(gateway, 'gateway');
    expect(gateway.offers).toHaveLength(3);
    runs(gateway, release);
    await inPhase(gateway, 'done');
    await deploy(gateway, { 'models/a': randomBytes(100_000) });
    await inPhase(gateway, 'failed');
    expect(gateway.offers).toHaveLength(5);
  });

  it('goes on where the gateway lost its power, and ends where that happens again', async () => {
    const { gateway } = await paired();
    const release = await deploy(gateway);
    await inPhase(gateway, 'gateway');
    const problem = { code: 'DEPLOY_CUT_OFF', message: 'it was cut off', hint: 'Deploy again.', title: 'cut off' };
    const cutOff = () => gateway.add({ kind: 'refused', release, problem, text: 'it was cut off while testing' });
    cutOff();
    await until(() => gateway.offers.length === 2, 'another offer');
    await inPhase(gateway, 'gateway');
    cutOff();
    await inPhase(gateway, 'failed');
    await nothingWaits();
    expect(gateway.offers).toHaveLength(2);
  });

  it('waits while the gateway is busy with a bundle from elsewhere', async () => {
    const { gateway } = await paired();
    const busy = { code: 'DEPLOY_BUSY', message: 'busy', hint: 'wait', title: 'busy' };
    gateway.refuse = Object.assign(new Error('busy'), busy);
    const other = { name: 'stick', version: 1, digest: 'ab'.repeat(32) };
    gateway.set({ state: 'testing', candidate: other });
    await deploy(gateway);
    await inPhase(gateway, 'waiting');
    gateway.refuse = undefined;
    gateway.set({ state: 'idle', running: other });
    await inPhase(gateway, 'gateway');
  });
});
