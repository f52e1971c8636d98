import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { readPairingCode, writePairingCode } from '../../../runtime/messages/index.ts';
import { pairWithStudio } from '../../../runtime/rollout/index.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import {
  connectedIn,
  type FakeGateway,
  fakeGateway,
  gatewayFolder,
  type Linked,
  openLink,
  signedBundle,
  startTestStudio,
  type TestStudio,
} from '../../support/gateways.ts';
import { until } from '../../support/node-red.ts';

let studio: TestStudio;
let proxy: FaultProxy;
let linked: Linked;
let gateway: FakeGateway;
let id: string;

/** Pairs by the proxy, and by nothing else: the gateway would find the studio beside it. */
beforeEach(async () => {
  studio = await startTestStudio();
  gateway = fakeGateway();
  id = gateway.identity.gateway;
  const told = readPairingCode((await studio.gateways.pair()).code);
  if (!told) throw new Error('no code');
  proxy = await startFaultProxy(studio.port());
  const userDir = await gatewayFolder();
  const code = writePairingCode({ ...told, addresses: [`127.0.0.1:${proxy.port}`] });
  await pairWithStudio({ userDir, identity: gateway.identity, code, clock: systemClock });
  const file = join(userDir, 'gateway/gateway.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(`"127.0.0.1:${studio.port()}"`, `"127.0.0.1:${proxy.port}"`));
  linked = openLink(userDir, gateway);
  await connectedIn(studio, gateway);
});
afterEach(async () => {
  await linked.close();
  await proxy.close();
  await studio.remove();
});

const deployPhase = (phase: string) => until(() => studio.row(id).deploy?.phase === phase, `phase ${phase}`);

describe('over a bad network', () => {
  it('a deploy goes on where the line was cut, and nothing whole is sent twice', async () => {
    const files = Object.fromEntries([1, 2, 3, 4].map((i) => [`models/${i}`, randomBytes(300_000)]));
    proxy.bandwidth(2_000_000);
    await studio.gateways.deploy(id, await signedBundle(studio.gateways, { files }));
    // Beside the flow's own three.
    await until(() => gateway.whole.size >= 5, 'half of the files');
    proxy.reset();
    await deployPhase('gateway');
    expect(gateway.offers).toHaveLength(2);
    expect(studio.row(id).deploy?.bytes?.all).toBeLessThan(700_000);
    expect(gateway.calls).toEqual(['install']);
    expect(gateway.whole.size).toBe(7);
  });

  it('a deploy that changes one file costs little more than that file', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`recordings/${i}`, randomBytes(5_000)]));
    const first = await signedBundle(studio.gateways, { files });
    await studio.gateways.deploy(id, first);
    await deployPhase('gateway');
    gateway.set({ running: first.release });
    await deployPhase('done');
    const before = proxy.bytes.down;
    const changed = await signedBundle(studio.gateways, { files: { ...files, 'recordings/7': randomBytes(500) } });
    await studio.gateways.deploy(id, changed);
    await deployPhase('gateway');
    expect(studio.row(id).deploy?.bytes).toEqual({ sent: 500, all: 500 });
    // The description of 33 files, twice: as it is, and signed.
    expect(proxy.bytes.down - before).toBeLessThan(20_000);
  });

  it('what happened meanwhile is told when the line is back, each once and in order', async () => {
    await proxy.refuse();
    await until(() => !studio.row(id).connected, 'the gateway to go');
    for (let i = 1; i <= 60; i++) gateway.add({ kind: 'note', text: `event ${i}` });
    gateway.set({ restarts: 7 });
    await proxy.heal();
    await until(() => studio.row(id).status?.restarts === 7, 'the status');
    // As many as the studio keeps.
    expect(studio.row(id).events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, i) => i + 11));
  });

  it('an event that the studio has, and whose acknowledgement was lost, is not shown twice', async () => {
    // The answer takes half a second, and is never heard.
    proxy.delay(500);
    gateway.add({ kind: 'note', text: 'heard' });
    await until(() => studio.row(id).events.length === 1, 'the event');
    proxy.reset();
    proxy.delay(0);
    gateway.add({ kind: 'note', text: 'another' });
    await until(() => studio.row(id).events.length > 1, 'the next event');
    expect(studio.row(id).events.map(({ text }) => text)).toEqual(['heard', 'another']);
  });

  it('a gateway stops at once, whatever it waits for', async () => {
    await linked.link.close();
    // In the middle of a handshake; and before a studio that takes the connection and says nothing.
    for (const trouble of [() => proxy.delay(300), () => proxy.swallow()]) {
      trouble();
      linked.open();
      await new Promise((resolve) => void setTimeout(resolve, 700));
      const late = new Promise((resolve) => void setTimeout(() => resolve('still open'), 5_000));
      expect(await Promise.race([linked.link.close(), late])).toBeUndefined();
      proxy.delay(0);
      await proxy.heal();
    }
    expect(linked.said.join()).not.toContain('STUDIO_UNREACHABLE');
  });

  it('a gateway whose first connection hangs half open is let in by the next', async () => {
    proxy.swallow();
    linked.open();
    // The connection that hears nothing is found dead when another comes by its name.
    await proxy.heal();
    await connectedIn(studio, gateway);
  });
});
