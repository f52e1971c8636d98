import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { makeRoot } from '../../../../runtime/keys/index.ts';
import type { Gateway } from '../../../../runtime/rollout/index.ts';
import { bundleOf, mrb, newKey, rootOf, signed } from '../../../support/bundles.ts';
import { until } from '../../../support/node-red.ts';

// Limits are read when their room is loaded.
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_SILENCE_MS', '4000');
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_DRAIN_MS', '1000');
vi.stubEnv('MILLRACE_LIMIT_DEPLOY_STARTS', '2');
vi.stubEnv('NODE_COMPILE_CACHE', undefined);
const { connectGateway, deployStopped, gatewayPaths, pinRoot, readGatewayLog, startGateway } =
  await import('../../../../runtime/rollout/index.ts');
const { identityOf } = await import('../../../../runtime/rollout/supervisor/process-identity.ts');

const STAND_IN = join(import.meta.dirname, 'stand-in.ts');
const NOW = Date.UTC(2026, 10, 22);

/** A user directory whose gateway trusts one key; bundles that this key signs. */
async function device({ onTestFinished }: TestContext, { depth = '', probation = 1_200 } = {}) {
  const parent = await mkdtemp(join(tmpdir(), 'millrace-gateway-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const userDir = join(parent, depth);
  const key = newKey();
  const { version, expires, roles } = rootOf([key]);
  await pinRoot(userDir, [makeRoot({ version, expires, roles }, [key])], NOW);
  const options = {
    ...{ userDir, version: '0.1.0', command: [process.execPath, STAND_IN] as [string, string], ceiling: 400e6 },
    probation,
    judges: { fit: () => Promise.resolve({}), test: () => Promise.resolve() },
  };
  return {
    userDir,
    options,
    async start() {
      const running = await startGateway(options);
      let stopped: Promise<void> | undefined;
      const stop = () => (stopped ??= running.stop());
      onTestFinished(stop);
      return { ...running, stop };
    },
    /** @param behaviour of the stand-in */
    async bundle(behaviour: string, release: number) {
      const bundle = bundleOf({ name: behaviour });
      const file = join(parent, `${behaviour}-${release}.mrb`);
      await writeFile(file, mrb(bundle, signed(bundle, [key], { version: release })));
      return file;
    },
  };
}

/** What comes of a release, when all is done. */
const outcome = ({ events, status }: Pick<Gateway, 'events' | 'status'>, release: number) =>
  until(
    () => {
      const ends: readonly string[] = ['deployed', 'rolled-back', 'refused'];
      const end = events(0).find(({ kind, release: of }) => ends.includes(kind) && of?.version === release);
      return status().state === 'idle' ? end : undefined;
    },
    `what comes of release ${release}`,
    40_000,
  );

describe.concurrent('a gateway', () => {
  it('runs what it is given, is asked over its socket, and is the only one in its user directory', async (test) => {
    const { userDir, start, bundle, options } = await device(test, { depth: 'deeper/'.repeat(12) });
    await expect(connectGateway(userDir)).rejects.toMatchObject({ code: 'GATEWAY_NOT_RUNNING' });
    const { gateway, stop } = await start();
    await expect(startGateway(options)).rejects.toMatchObject({ code: 'GATEWAY_RUNNING' });

    const control = await connectGateway(userDir);
    expect(await control.identity()).toEqual(gateway.identity);
    expect(await control.status()).toMatchObject({ state: 'idle', process: 'stopped' });
    await expect(control.metrics()).rejects.toMatchObject({ code: 'FLOW_NOT_UP' });
    await expect(control.take(join(userDir, 'none.mrb'))).rejects.toMatchObject({ code: 'BUNDLE_FILE_UNREADABLE' });
    await expect(control.rollBack()).rejects.toMatchObject({ code: 'NOTHING_TO_GO_BACK_TO' });
    await expect(control.restart()).rejects.toMatchObject({ code: 'FLOW_NOT_UP' });

    const lines: string[] = [];
    await control.log(0, ({ text }) => lines.push(text));
    expect(await control.take(await bundle('talks', 1))).toMatchObject({ name: 'talks', version: 1 });
    expect(await outcome(gateway, 1)).toMatchObject({ kind: 'deployed' });
    expect(await control.events(0)).toEqual(gateway.events(0));
    const status = await control.status();
    expect(status).toMatchObject({ process: 'running', running: { name: 'talks' }, restarts: 0 });
    expect(status.vitals?.rss).toBeGreaterThan(1e6);
    expect(lines).toContain('a line of the flow');
    expect(lines).toContain('and one in red');

    const before = await control.metrics();
    await control.restart();
    await until(async () => (await control.metrics().catch(() => before)) !== before, 'another process');
    expect(await control.status()).toMatchObject({ restarts: 0 });

    await stop();
    await control.closed;
    const kept = JSON.parse(await readFile(gatewayPaths(userDir).status, 'utf8')) as { status: unknown };
    expect(kept.status).toMatchObject({ process: 'stopped', running: { name: 'talks' } });
    const onDisk = readGatewayLog(gatewayPaths(userDir).log);
    expect(onDisk.map(({ text }) => text)).toContain('a line of the flow');
    expect(onDisk.map(({ sequence }) => sequence)).toEqual(onDisk.map((_, i) => i + 1));
  }, 60_000);

  it('keeps what Node.js has compiled of a flow that runs, and not of one that does not start', async (test) => {
    const { userDir, start, bundle } = await device(test);
    const { compiled } = gatewayPaths(userDir);
    await mkdir(join(compiled, 'v18.0.0-x64-0123abcd-0'), { recursive: true });
    const { gateway, stop } = await start();
    await gateway.take(await bundle('talks', 1));
    expect(await outcome(gateway, 1)).toMatchObject({ kind: 'deployed' });
    await stop();
    expect(await readdir(compiled)).toEqual([expect.stringMatching(`^${process.version}-`)]);

    const again = await start();
    await again.gateway.take(await bundle('throwsEarly', 2));
    const forgotten = until(() => !existsSync(compiled), 'what was kept to be gone');
    expect(await outcome(again.gateway, 2)).toMatchObject({ kind: 'rolled-back' });
    await forgotten;
  }, 60_000);

  it.for(['throws', 'hangs'])(
    'goes back by itself from a bundle that %s, and says so',
    { timeout: 60_000 },
    async (behaviour, test) => {
      const { start, bundle } = await device(test);
      const { gateway } = await start();
      await gateway.take(await bundle('steady', 1));
      await outcome(gateway, 1);
      await gateway.take(await bundle(behaviour, 2));
      const end = await outcome(gateway, 2);
      expect(end).toMatchObject({ kind: 'rolled-back' });
      await until(
        () =>
          ['running', 'idle', 'steady'].join() ===
          [gateway.status().process, gateway.status().state, gateway.status().running?.name].join(),
        'the bundle before',
        20_000,
      );
      expect(gateway.status().problem).toMatchObject({ code: expect.any(String) as string });
      // Those were of the bundle that was left.
      expect(gateway.status().restarts).toBe(0);
      const kinds = gateway.events(0).map(({ kind }) => kind);
      expect(kinds).toContain(behaviour === 'hangs' ? 'hung' : 'crashed');
      expect(kinds.lastIndexOf('started')).toBeGreaterThan(kinds.indexOf('started'));
    },
  );

  it('runs a bundle that was deployed while it was stopped, and what it ran before', async (test) => {
    const { start, bundle, options } = await device(test);
    const one = await deployStopped(options, await bundle('steady', 1));
    expect(one).toMatchObject({ release: { version: 1 } });
    expect(one.refused).toBeUndefined();
    const first = await start();
    await outcome(first.gateway, 1);
    const last = first.gateway.events(0).at(-1)?.sequence ?? 0;
    await first.stop();

    const second = await start();
    await until(() => second.gateway.status().process === 'running', 'the flow');
    expect(second.gateway.status().running).toMatchObject({ name: 'steady' });
    await second.gateway.take(await bundle('talks', 2));
    await outcome(second.gateway, 2);
    expect(second.gateway.events(last)[0]?.sequence).toBe(last + 1);
  }, 60_000);

  it('starts anew when it is asked to, also what is on trial, which does not count as a failure', async (test) => {
    const { start, bundle } = await device(test, { probation: 60_000 });
    const { gateway } = await start();
    await gateway.take(await bundle('steady', 1));
    const up = (not?: string) =>
      until(
        async () => {
          const now = gateway.status().state === 'probation' && (await gateway.metrics().catch(() => undefined));
          return now === not ? undefined : now;
        },
        'the flow on trial',
        20_000,
      );
    for (let process: string | undefined, i = 0; i < 4; i++) {
      process = (await up(process)) || undefined;
      await gateway.restart();
    }
    await up();
    expect(gateway.status()).toMatchObject({ state: 'probation', restarts: 0 });
    expect(gateway.status().problem).toBeUndefined();
  }, 60_000);

  it('runs its flow although gateway.json is damaged, and takes nothing new until it is mended', async (test) => {
    const { start, bundle, userDir } = await device(test);
    const first = await start();
    await first.gateway.take(await bundle('steady', 1));
    await outcome(first.gateway, 1);
    await first.stop();
    await writeFile(gatewayPaths(userDir).settings, '{"format": 1, "na');
    const { gateway } = await start();
    await until(() => gateway.status().process === 'running', 'the flow');
    expect(gateway.status()).toMatchObject({
      running: { version: 1 },
      problem: { code: 'GATEWAY_FILE_DAMAGED' },
    });
    const next = await bundle('talks', 2);
    await expect(gateway.take(next)).rejects.toMatchObject({ code: 'GATEWAY_FILE_DAMAGED' });
    await writeFile(gatewayPaths(userDir).settings, '{"format": 1, "name": "press 7", "group": "any"}');
    await until(() => gateway.identity.name === 'press 7', 'its name');
    expect(gateway.status().problem).toBeUndefined();
    await gateway.take(next);
    expect(await outcome(gateway, 2)).toMatchObject({ kind: 'deployed' });
  }, 60_000);

  it('waits for the flow of a supervisor that was killed before it starts its own', async (test) => {
    const { start, bundle, userDir } = await device(test);
    const first = await start();
    await first.gateway.take(await bundle('steady', 1));
    await outcome(first.gateway, 1);
    await first.stop();
    // As a killed one leaves it: a process that goes on for a moment, and does not hear.
    const { startProcess } = await import('../../../../runtime/workers/index.ts');
    const code = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
    const left = await startProcess({ name: 'left', command: process.execPath, args: ['-e', code] });
    test.onTestFinished(() => void left.end(0));
    const identity = identityOf(left.pid ?? 0);
    await writeFile(gatewayPaths(userDir).flow, JSON.stringify({ format: 1, ...identity }));
    const second = await start();
    expect(await left.ended).toMatchObject({ signal: 'SIGKILL' });
    await until(() => second.gateway.status().process === 'running', 'the flow');
  }, 60_000);
});
