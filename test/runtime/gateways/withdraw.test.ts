import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../support/bundles.ts';
import { deploying, idOf } from '../../support/deploying.ts';
import { startTestStudio } from '../../support/gateways.ts';
import { until } from '../../support/node-red.ts';
import { studioOfEach } from '../../support/studio-of-each.ts';

const held = studioOfEach();
const { paired } = held;
const { inPhase, deploy, goesAway, nothingWaits } = deploying(held);

describe('a deploy', () => {
  it('is taken back while it waits, for good', async () => {
    const linked = await paired();
    const { gateway } = linked;
    const port = held.studio.port();
    await goesAway(linked);
    const withdraw = () => held.studio.gateways.withdraw(idOf(gateway));
    await expect(withdraw()).rejects.toMatchObject({ code: 'DEPLOY_NOT_WITHDRAWN' });
    await deploy(gateway);
    await withdraw();
    expect(held.studio.row(idOf(gateway)).deploy).toBeUndefined();
    expect(await readdir(join(held.studio.directory, 'deploys'))).toEqual([]);
    await held.studio.stop();
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    linked.open();
    await until(() => held.studio.row(idOf(gateway)).status !== undefined, 'the gateway to come');
    expect(held.studio.row(idOf(gateway)).deploy).toBeUndefined();
    // Nor where its offer would be the next thing to do.
    await deploy(gateway);
    await held.studio.gateways.withdraw(idOf(gateway));
    await deploy(gateway);
    await inPhase(gateway, 'gateway');
    expect(gateway.offers).toHaveLength(1);
    await expect(held.studio.gateways.withdraw('nobody')).rejects.toMatchObject({ code: 'GATEWAY_UNKNOWN' });
  });

  it('is taken back while it is sent, and is never installed; the next one is sent', async () => {
    const { gateway } = await paired();
    const { receive } = gateway;
    const large = randomBytes(300_000);
    let received = 0;
    let opened: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (opened = resolve));
    gateway.receive = async (part) => {
      if (part.file === sha256(large)) {
        received += 1;
        await gate;
      }
      await receive(part);
    };
    await deploy(gateway, { 'models/a': large });
    await until(() => received > 0, 'the first piece');
    await held.studio.gateways.withdraw(idOf(gateway));
    expect(held.studio.row(idOf(gateway)).deploy).toBeUndefined();
    opened?.();
    // The gateway is told, and would otherwise wait for more.
    await until(() => gateway.calls.includes('withdraw'), 'the gateway to be told');
    const newer = await deploy(gateway);
    await inPhase(gateway, 'gateway');
    expect(gateway.calls).toEqual(['withdraw', 'install']);
    // Those that were on their way.
    expect(received).toBeLessThanOrEqual(4);
    expect(held.studio.row(idOf(gateway)).deploy?.release).toEqual(newer);
  });

  it('is the gateway’s own when it has all of it, and is put aside when it has failed', async () => {
    const { gateway } = await paired();
    const withdraw = () => held.studio.gateways.withdraw(idOf(gateway));
    const { install } = gateway;
    let go: (() => void) | undefined;
    gateway.install = async () => {
      await new Promise<void>((resolve) => (go = resolve));
      await install();
    };
    const release = await deploy(gateway);
    await until(() => go !== undefined, 'it to be handed over');
    await expect(withdraw()).rejects.toMatchObject({ code: 'DEPLOY_NOT_WITHDRAWN' });
    go?.();
    await inPhase(gateway, 'gateway');
    await expect(withdraw()).rejects.toMatchObject({ code: 'DEPLOY_NOT_WITHDRAWN' });
    const problem = { code: 'FLOW_CRASHED', message: 'three starts', hint: 'see the log', title: 'crashed' };
    gateway.add({ kind: 'rolled-back', release, text: 'it crashed', problem });
    await inPhase(gateway, 'failed');
    await withdraw();
    expect(held.studio.row(idOf(gateway)).deploy).toBeUndefined();
    await nothingWaits();
  });

  it('cannot be taken back where the line is lost while it is handed over, nor after a restart then', async () => {
    const linked = await paired();
    const { gateway } = linked;
    const port = held.studio.port();
    const { install } = gateway;
    let asked = false;
    gateway.install = () => {
      asked = true;
      return new Promise(() => undefined);
    };
    const release = await deploy(gateway);
    await until(() => asked, 'it to be handed over');
    await linked.link.close();
    await inPhase(gateway, 'waiting');
    const waits = { release, phase: 'waiting', handedOver: true };
    expect(held.studio.row(idOf(gateway)).deploy).toMatchObject(waits);
    const withdraw = () => held.studio.gateways.withdraw(idOf(gateway));
    await expect(withdraw()).rejects.toMatchObject({ code: 'DEPLOY_NOT_WITHDRAWN' });
    await held.studio.stop();
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    expect(held.studio.row(idOf(gateway)).deploy).toEqual(waits);
    await expect(withdraw()).rejects.toMatchObject({ code: 'DEPLOY_NOT_WITHDRAWN' });
    // It had not heard it: it is offered again, and can then be taken back.
    let offer: (() => void) | undefined;
    gateway.receive = () => new Promise((resolve) => (offer = resolve));
    gateway.whole.clear();
    gateway.install = install;
    linked.open();
    await until(() => offer !== undefined, 'it to be sent again');
    await withdraw();
    expect(held.studio.row(idOf(gateway)).deploy).toBeUndefined();
    offer?.();
    await nothingWaits();
    expect(gateway.calls).not.toContain('install');
  });
});
