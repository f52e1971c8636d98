/** A studio and a gateway as two people would start them: paired by a line that is copied, deployed to, looked at, sent back. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  BundlePreview,
  DeployStarted,
  GatewayLogAnswer,
  GatewayRow,
  GatewaysAnswer,
  PairingAnswer,
} from '../../runtime/messages/index.ts';
import { until } from '../support/node-red.ts';
import { command, startStudio, type Studio } from '../support/studio.ts';

const run = promisify(execFile);

/** Ticks, counts, and says so in its log. */
const FLOW = [
  { id: 'tab', type: 'tab', label: 'Counting', disabled: false, info: '' },
  {
    ...{ id: 'tick', type: 'inject', z: 'tab', name: 'tick', repeat: '0.2', once: true, onceDelay: 0.1 },
    ...{ props: [{ p: 'payload' }], topic: '', payload: '', payloadType: 'date', x: 100, y: 40, wires: [['count']] },
  },
  {
    ...{ id: 'count', type: 'function', z: 'tab', name: 'count', outputs: 1, x: 300, y: 40, wires: [[]] },
    func: 'const n = (context.get("n") ?? 0) + 1; context.set("n", n); if (n === 3) node.warn("counted to three"); return msg;',
  },
];

let studio: Studio;
let userDir: string;
let gateway: ChildProcess;
let said = '';
let id = '';

const ask = async <T>(path: string, body?: unknown): Promise<T> => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${studio.url}/millrace/gateways${path}`, {
    ...init,
    headers: { 'Content-Type': 'application/json' },
  });
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(text), JSON.parse(text) as object);
  return (text === '' ? undefined : JSON.parse(text)) as T;
};
const row = async (): Promise<GatewayRow | undefined> => (await ask<GatewaysAnswer>('')).gateways[0];
const rowWhen = (what: string, wanted: (row: GatewayRow) => boolean, limit = 90_000) =>
  until(
    async () => {
      const now = await row();
      if (now?.deploy?.phase === 'failed') throw new Error(`it failed: ${now.deploy.problem?.message}`);
      return now && wanted(now) ? now : undefined;
    },
    what,
    limit,
  ).catch(async (error: unknown) => {
    throw new Error(`${String(error)}\n${JSON.stringify(await row(), undefined, 1)}\n${said}\n${studio.output()}`);
  });

beforeAll(async () => {
  userDir = await mkdtemp(join(tmpdir(), 'millrace-paired-'));
  studio = await startStudio({ flow: FLOW, args: ['--gateway-port', '0'] });
}, 120_000);

afterAll(async () => {
  const ended = new Promise((resolve) => gateway.once('exit', resolve));
  gateway.kill('SIGTERM');
  await ended;
  await studio.stop();
  await rm(userDir, { recursive: true, force: true });
}, 120_000);

describe('a studio and its gateway', { timeout: 180_000 }, () => {
  it('are paired by a line that the studio shows', async () => {
    expect(await ask<GatewaysAnswer>('')).toMatchObject({ gateways: [] });
    const { code } = await ask<PairingAnswer>('/pairing', {});
    const { stdout } = await run(process.execPath, [
      ...[command, 'gateway', 'pair', code, '--user-dir', userDir, '--name', 'pump house', '--json'],
    ]);
    ({ gateway: id } = JSON.parse(stdout) as { gateway: string });
    expect(await row()).toMatchObject({ identity: { gateway: id, name: 'pump house' }, connected: false });

    // The code was good once.
    const again = run(process.execPath, [command, 'gateway', 'pair', code, '--user-dir', `${userDir}/other`]);
    await expect(again).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('PAIRING_CODE_REFUSED') as string,
    });
  });

  it('find each other when the gateway starts', async () => {
    gateway = spawn(
      process.execPath,
      [command, 'gateway', 'start', '--allow-root', '--user-dir', userDir, '--probation', '0.05'],
      {
        env: { ...process.env, NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [gateway.stdout, gateway.stderr]) stream?.on('data', (text) => (said += String(text)));
    const { status } = await rowWhen('the gateway', ({ connected, status }) => connected && status !== undefined);
    expect(status).toMatchObject({ state: 'idle' });
  });

  it('agree on a bundle, which the studio signs, the gateway tries and then runs', async () => {
    const preview = await ask<BundlePreview>('/preview', { name: 'counting' });
    expect(preview).toMatchObject({ tabs: [{ label: 'Counting' }], problems: [] });
    const there = await ask<BundlePreview>('/preview', { name: 'counting', gateway: id });
    expect(there.fit?.freeBytes).toBeGreaterThan(there.fit?.memoryBytes ?? Infinity);
    const { release } = await ask<DeployStarted>('/deploy', { name: 'counting', gateway: id });
    expect(release).toMatchObject({ name: 'counting' });
    const { status, events } = await rowWhen('the deploy', ({ deploy }) => deploy?.phase === 'done');
    expect(status).toMatchObject({ running: { digest: release.digest, version: release.version } });
    expect(events.map(({ kind }) => kind)).toContain('deployed');
  });

  it('show what runs there: its vitals, its log, its metrics', async () => {
    const { status } = await rowWhen('the vitals', ({ status }) => status?.vitals !== undefined);
    expect(status?.vitals).toMatchObject({ missing: [], vectors: { failed: [] } });
    const lines = await until(async () => {
      const answer = await ask<GatewayLogAnswer>(`/${id}/log`);
      return answer.lines.some(({ text }) => text.includes('counted to three')) ? answer.lines : undefined;
    }, 'the log');
    expect(lines.map(({ source }) => source)).toContain('gateway');
    expect((await ask<{ text: string }>(`/${id}/metrics`)).text).toContain('# TYPE millrace_');
  });

  it('refuse what cannot be done, with the gateway’s own words', async () => {
    await expect(ask(`/${id}/roll-back`, {})).rejects.toMatchObject({ code: 'NOTHING_TO_GO_BACK_TO' });
    await expect(ask('/nobody/restart', {})).rejects.toMatchObject({ code: 'GATEWAY_UNKNOWN' });
  });

  it('go on with a second bundle, and back to the first when somebody asks for it', async () => {
    const first = await row();
    const { release } = await ask<DeployStarted>('/deploy', { name: 'counting twice', gateway: id });
    await rowWhen(
      'the second deploy',
      ({ deploy }) => deploy?.release.version === release.version && deploy.phase === 'done',
    );
    await ask(`/${id}/roll-back`, {});
    const back = await rowWhen('the first', ({ status }) => status?.running?.digest === first?.status?.running?.digest);
    expect(back.status?.running?.version).toBe(first?.status?.running?.version);
  });

  it('part, and what runs goes on', async () => {
    await ask(`/${id}/forget`, {});
    expect((await ask<GatewaysAnswer>('')).gateways).toEqual([]);
    const { stdout } = await run(process.execPath, [
      command,
      'gateway',
      'status',
      '--user-dir',
      userDir,
      '--json',
    ]).catch((error: { stdout: string }) => error);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ running: true, status: { running: { name: 'counting' } } },
      link: { connected: false },
    });
  });
});
