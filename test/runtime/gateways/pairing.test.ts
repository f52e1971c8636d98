import { X509Certificate } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { readPairingCode, writePairingCode } from '../../../runtime/messages/index.ts';
import { pairWithStudio, pinnedRoot } from '../../../runtime/rollout/index.ts';
import { connectedIn, fakeGateway, gatewayFolder, startTestStudio } from '../../support/gateways.ts';
import { until } from '../../support/node-red.ts';
import { studioOfEach } from '../../support/studio-of-each.ts';

const held = studioOfEach();
const { paired, closers } = held;
const pair = async (code: string, gateway = fakeGateway(), root?: 'keep' | 'replace') => {
  const userDir = await gatewayFolder();
  closers.push(() => rm(userDir, { recursive: true, force: true }));
  const options = { userDir, identity: gateway.identity, code, clock: systemClock };
  return { userDir, done: pairWithStudio(root ? { ...options, root } : options) };
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error: { code?: string }) => error.code,
  );

describe('pairing a gateway', () => {
  it('takes a code of one line, and then knows the gateway by its key', async () => {
    expect(held.studio.gateways.list()).toMatchObject({ gateways: [] });
    const { gateway } = await paired();
    const [row] = held.studio.gateways.list().gateways;
    expect(row).toMatchObject({ identity: gateway.identity, title: 'pump house', connected: true, events: [] });
    // The code is used up, the line stays.
    expect(row?.status).toMatchObject({ state: 'idle' });
  });

  it('pins the studio’s root of trust on the gateway', async () => {
    const { userDir } = await paired();
    const root = await pinnedRoot(userDir);
    const kept: unknown = JSON.parse(await readFile(join(held.studio.directory, 'roots/1.json'), 'utf8'));
    expect(root.version).toBe(1);
    expect(JSON.parse(await readFile(join(userDir, 'gateway/root.json'), 'utf8'))).toEqual(kept);
  });

  it('takes each code once', async () => {
    const { code } = await held.studio.gateways.pair();
    await (
      await pair(code)
    ).done;
    expect(await refusal((await pair(code)).done)).toBe('PAIRING_CODE_REFUSED');
    expect(held.studio.gateways.list().gateways).toHaveLength(1);
  });

  it('takes each code once, also from two at the same moment', async () => {
    const { code } = await held.studio.gateways.pair();
    const both = await Promise.all([pair(code), pair(code)]);
    const answers = await Promise.all(both.map(({ done }) => refusal(done)));
    expect(answers.sort()).toEqual(['PAIRING_CODE_REFUSED', 'nothing was refused']);
    expect(held.studio.gateways.list().gateways).toHaveLength(1);
  });

  it('says of a gateway that is paired anew when that was', async () => {
    const gateway = fakeGateway();
    const pairAnew = async () => {
      const { done } = await pair((await held.studio.gateways.pair()).code, gateway);
      await done;
      return held.studio.row(gateway.identity.gateway).paired;
    };
    const first = await pairAnew();
    expect(held.studio.gateways.list().gateways).toHaveLength(1);
    expect(await pairAnew()).not.toBe(first);
    expect(held.studio.gateways.list().gateways).toHaveLength(1);
  });

  it('takes no code but the newest', async () => {
    const old = await held.studio.gateways.pair();
    const { code } = await held.studio.gateways.pair();
    expect(await refusal((await pair(old.code)).done)).toBe('PAIRING_CODE_REFUSED');
    await (
      await pair(code)
    ).done;
  });

  it('takes no code with another secret', async () => {
    const { code } = await held.studio.gateways.pair();
    const told = readPairingCode(code);
    if (!told) throw new Error('no code');
    const guessed = writePairingCode({ ...told, secret: 'A'.repeat(22) });
    expect(await refusal((await pair(guessed)).done)).toBe('PAIRING_CODE_REFUSED');
    // A wrong guess does not use up the right one.
    await (
      await pair(code)
    ).done;
  });

  it('says nothing to a server with another certificate', async () => {
    const other = await startTestStudio();
    closers.push(other.remove);
    await other.gateways.pair();
    const told = readPairingCode((await held.studio.gateways.pair()).code);
    if (!told) throw new Error('no code');
    const elsewhere = writePairingCode({ ...told, addresses: [`127.0.0.1:${other.port()}`] });
    expect(await refusal((await pair(elsewhere)).done)).toBe('STUDIO_OTHER_CERTIFICATE');
    expect(other.gateways.list().gateways).toEqual([]);
  });

  it('names what is no code, and where nobody answers', async () => {
    expect(await refusal((await pair('millrace1.abc')).done)).toBe('PAIRING_CODE_INVALID');
    const told = readPairingCode((await held.studio.gateways.pair()).code);
    if (!told) throw new Error('no code');
    const nowhere = writePairingCode({ ...told, addresses: ['127.0.0.1:1'] });
    expect(await refusal((await pair(nowhere)).done)).toBe('STUDIO_UNREACHABLE');
    // The address that nobody answers at does not hide the one that somebody does.
    const second = writePairingCode({ ...told, addresses: ['127.0.0.1:1', ...told.addresses] });
    await (
      await pair(second)
    ).done;
  });

  it('does not let a studio put its own root in place of one that was pinned before', async () => {
    const other = await startTestStudio();
    closers.push(other.remove);
    const gateway = fakeGateway();
    const { userDir } = await paired(gateway);
    const { code } = await other.gateways.pair();
    const again = async (root?: 'keep' | 'replace') => {
      const options = { userDir, identity: gateway.identity, code, clock: systemClock };
      return pairWithStudio(root ? { ...options, root } : options);
    };
    const before = await pinnedRoot(userDir);
    expect(await refusal(again())).toBe('ROOT_OF_ANOTHER');
    // That studio has kept nothing of it, and its code is as good as it was.
    expect(other.gateways.list().gateways).toEqual([]);
    await again('keep');
    expect(await pinnedRoot(userDir)).toEqual(before);
    expect(await refusal(again('replace'))).toBe('PAIRING_CODE_REFUSED');
    await connectedIn(other, gateway);
    // Paired anew and refused, it is what it was: neither its line nor the time of its pairing is another.
    const row = other.row(gateway.identity.gateway);
    const fresh = { userDir, identity: gateway.identity, code: (await other.gateways.pair()).code, clock: systemClock };
    expect(await refusal(pairWithStudio(fresh))).toBe('ROOT_OF_ANOTHER');
    expect(other.row(gateway.identity.gateway)).toMatchObject({ paired: row.paired, connected: true });
    await pairWithStudio({
      ...{ userDir, identity: gateway.identity, code: (await other.gateways.pair()).code, root: 'replace' },
      clock: systemClock,
    });
    expect(await pinnedRoot(userDir)).not.toEqual(before);
    // The running gateway sees by itself that it belongs to another studio now.
    await connectedIn(other, gateway);
  });

  it('says how a studio that only its own machine reaches is opened', async () => {
    const { code, closed, address, left } = await held.studio.gateways.pair();
    expect(closed).toMatch(/--host 0\.0\.0\.0/);
    expect(address).toBe(`127.0.0.1:${held.studio.port()}`);
    expect(code).toMatch(/^millrace1\.[\w-]+$/);
    expect(left).toBe(15 * 60_000);
  });

  it('listens while a gateway is paired or a code is open, and to nobody else', async () => {
    expect(held.studio.gateways.list().address).toBeUndefined();
    const { gateway } = await paired();
    expect(held.studio.gateways.list().address).toBeDefined();
    await held.studio.gateways.forget(gateway.identity.gateway);
    await until(() => held.studio.gateways.list().address === undefined, 'the port to close');
  });

  it('takes as many gateways as it has places, and says so to the next', async () => {
    const first = await paired();
    const roster = join(held.studio.directory, 'paired');
    const [file = ''] = await readdir(roster);
    const text = await readFile(join(roster, file), 'utf8');
    await held.studio.stop();
    for (let i = 1; i < 100; i++) {
      const id = `gateway-${i}`;
      await writeFile(join(roster, `${id}.json`), text.replaceAll(first.gateway.identity.gateway, id));
    }
    held.studio = await startTestStudio({ directory: held.studio.directory });
    expect(held.studio.gateways.list().gateways).toHaveLength(100);
    await expect(held.studio.gateways.pair()).rejects.toThrow('100 gateways are paired with this studio');
    await held.studio.gateways.forget('gateway-1');
    await (
      await pair((await held.studio.gateways.pair()).code)
    ).done;
  });

  it('keeps the same certificate, keys and gateways over a restart', async () => {
    const linked = await paired();
    const port = held.studio.port();
    const before = readPairingCode((await held.studio.gateways.pair()).code)?.fingerprint;
    await held.studio.stop();
    held.studio = await startTestStudio({ directory: held.studio.directory, port });
    await connectedIn(held.studio, linked.gateway);
    expect(readPairingCode((await held.studio.gateways.pair()).code)?.fingerprint).toBe(before);
  });

  it('keeps its keys for its owner only', async () => {
    await paired();
    for (const name of ['root.key', 'release.key', 'certificate.json']) {
      expect((await stat(join(held.studio.directory, name))).mode & 0o077).toBe(0);
    }
    const { cert } = JSON.parse(await readFile(join(held.studio.directory, 'certificate.json'), 'utf8')) as {
      cert: string;
    };
    expect(new X509Certificate(cert).validToDate.getUTCFullYear()).toBeGreaterThan(new Date().getUTCFullYear() + 8);
  });
});
