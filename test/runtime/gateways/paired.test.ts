import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { pairWithStudio, pinnedRoot } from '../../../runtime/rollout/index.ts';
import type * as gatewaySettings from '../../../runtime/rollout/supervisor/gateway-settings.ts';
import {
  connectedIn,
  fakeGateway,
  gatewayFolder,
  openLink,
  startTestStudio,
  type TestStudio,
} from '../../support/gateways.ts';
import { until } from '../../support/node-red.ts';
import { studioOfEach } from '../../support/studio-of-each.ts';

const disk = vi.hoisted(() => ({ full: false }));
vi.mock('../../../runtime/rollout/supervisor/gateway-settings.ts', async (original) => {
  const real = await original<typeof gatewaySettings>();
  const changeGatewaySettings: typeof real.changeGatewaySettings = (...change) =>
    disk.full ? Promise.reject(new Error('ENOSPC: no space left')) : real.changeGatewaySettings(...change);
  return { ...real, changeGatewaySettings };
});

const held = studioOfEach();
const { paired, closers } = held;

describe('a gateway that was paired', () => {
  it('is refused with a word when it was forgotten', async () => {
    const { gateway, said } = await paired();
    await held.studio.gateways.pair();
    await held.studio.gateways.forget(gateway.identity.gateway);
    await until(() => said.some((text) => text.includes('GATEWAY_REFUSED')), 'the refusal');
    expect(said.at(-1)).toMatch(/millrace gateway pair CODE/);
  });

  it('says nothing to a studio that comes back with another certificate and keys', async () => {
    const { gateway, said } = await paired();
    const port = held.studio.port();
    await held.studio.remove();
    held.studio = await startTestStudio({ port });
    await held.studio.gateways.pair();
    await until(() => said.some((text) => text.includes('STUDIO_OTHER_CERTIFICATE')), 'the refusal');
    expect(held.studio.gateways.list().gateways).toEqual([]);
    expect(gateway.calls).toEqual([]);
  });

  it('follows its studio to a new certificate that the studio’s root key vouches for', async () => {
    const { gateway, userDir } = await paired();
    const known = async () =>
      (JSON.parse(await readFile(join(userDir, 'gateway/gateway.json'), 'utf8')) as { studio: { fingerprint: string } })
        .studio.fingerprint;
    const before = await known();
    const port = held.studio.port();
    await held.studio.stop();
    await rm(join(held.studio.directory, 'certificate.json'));
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    await connectedIn(held.studio, gateway);
    expect(await known()).not.toBe(before);
  });

  it('follows its studio to a new certificate also where it trusts a firm’s root', async () => {
    const firm = await startTestStudio();
    closers.push(firm.remove);
    const gateway = fakeGateway();
    const userDir = await gatewayFolder();
    const pairWith = async (studio: TestStudio) => {
      const { code } = await studio.gateways.pair();
      await pairWithStudio({ userDir, identity: gateway.identity, code, clock: systemClock, root: 'keep' });
    };
    await pairWith(firm);
    await pairWith(held.studio);
    const linked = openLink(userDir, gateway);
    closers.push(linked.close);
    await connectedIn(held.studio, gateway);
    const port = held.studio.port();
    await held.studio.stop();
    await rm(join(held.studio.directory, 'certificate.json'));
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    await connectedIn(held.studio, gateway);
  });

  it('is paired anew while it runs, by who stands there', async () => {
    const { gateway, userDir } = await paired();
    const before = held.studio.row(gateway.identity.gateway).paired;
    const { code } = await held.studio.gateways.pair();
    await pairWithStudio({ userDir, identity: gateway.identity, code, clock: systemClock });
    await until(() => held.studio.row(gateway.identity.gateway).paired > before, 'the pairing');
    await connectedIn(held.studio, gateway);
    expect(held.studio.row(gateway.identity.gateway).problem).toBeUndefined();
  });

  it('is called what it calls itself, until somebody calls it something else', async () => {
    const linked = await paired();
    const { gateway } = linked;
    const id = gateway.identity.gateway;
    const calls = async (name: string) => {
      await linked.link.close();
      Object.assign(gateway, { identity: { ...gateway.identity, name } });
      linked.open();
      await until(() => held.studio.row(id).identity.name === name, 'the name');
      return held.studio.row(id).title;
    };
    expect(await calls('press 8')).toBe('press 8');
    await held.studio.gateways.rename(id, 'Hall 3');
    expect(await calls('press 9')).toBe('Hall 3');
  });

  it('trusts nobody by itself whose root is gone: only who stands there says whom', async () => {
    const { gateway, userDir, link } = await paired();
    await pinnedRoot(userDir);
    await link.close();
    await rm(join(userDir, 'gateway/root.json'));
    const anew = openLink(userDir, gateway);
    closers.push(() => anew.link.close());
    await until(() => anew.link.state().connected, 'the studio');
    expect(anew.said.join()).toContain('ROOT_UNPINNED');
    await expect(pinnedRoot(userDir)).rejects.toMatchObject({ code: 'ROOT_UNPINNED' });
  });

  it('is heard again when it has lost what it had told', async () => {
    const { gateway, link, userDir } = await paired();
    const id = gateway.identity.gateway;
    for (const text of ['one', 'two', 'three']) gateway.add({ kind: 'note', text });
    await until(() => held.studio.row(id).events.length === 3, 'the events');
    await link.close();
    const anew = openLink(userDir, fakeGateway('pump house', id));
    closers.push(() => anew.link.close());
    await until(() => anew.link.state().connected, 'the studio');
    anew.gateway.add({ kind: 'note', text: 'four' });
    await until(() => held.studio.row(id).events.at(-1)?.text === 'four', 'the event');
  });

  it('stays with its studio where its disk does not take what is new of it', async () => {
    const linked = await paired();
    await linked.link.close();
    const file = join(linked.userDir, 'gateway/gateway.json');
    const address = `"127.0.0.1:${held.studio.port()}"`;
    // Found at the second: from now on the first to be tried.
    await writeFile(file, (await readFile(file, 'utf8')).replace(address, `"127.0.0.1:1", ${address}`));
    disk.full = true;
    linked.open();
    await until(() => linked.link.state().connected, 'the studio').finally(() => (disk.full = false));
    expect(linked.said.join()).toContain('ENOSPC');
  });

  it('says on the device whether its studio is reached, and why not', async () => {
    const { link } = await paired();
    expect(link.state()).toEqual({ connected: true, since: expect.any(Number) as number });
    const port = held.studio.port();
    await held.studio.stop();
    await until(() => link.state().why !== undefined, 'a try in vain');
    expect(link.state()).toMatchObject({
      connected: false,
      why: expect.stringContaining(`127.0.0.1:${port}`) as string,
    });
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    await until(() => link.state().connected, 'the studio');
    expect(link.state().why).toBeUndefined();
  });

  it('is told from a copy of its card, which is refused', async () => {
    const { gateway, userDir } = await paired();
    const copy = await gatewayFolder();
    await cp(userDir, copy, { recursive: true });
    const twin = openLink(copy, fakeGateway('twin', gateway.identity.gateway));
    closers.push(twin.close);
    await until(() => twin.said.some((text) => text.includes('GATEWAY_TWICE')), 'the refusal');
    expect(held.studio.row(gateway.identity.gateway)).toMatchObject({
      connected: true,
      identity: { name: 'pump house' },
      problem: { code: 'GATEWAY_TWICE' },
    });
  });
});
