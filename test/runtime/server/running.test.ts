import { join } from 'node:path';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { setPassword } from '../../../runtime/server/index.ts';
import { until } from '../../support/node-red.ts';
import { catchAll, endpoint, startHost, tab, temporaryDirectory } from './host.ts';

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

describe('a running server', () => {
  it('runs the rest of a flow that names unknown node types', async () => {
    const unknown = { id: 'odd', type: 'no-such-type', z: 'tab', name: 'odd one', x: 100, y: 300, wires: [] };
    const feed = endpoint('/feed', `msg.payload = 'fed';`).map((node) =>
      node['type'] === 'function' ? { ...node, wires: [['feed-out', 'odd']] } : node,
    );
    const host = await startHost({ userDir: await temporaryDirectory(), flow: [tab, unknown, ...feed, ...catchAll] });
    expect((await host.get('/feed')).text).toBe('fed');
    expect(host.log()).toMatch(/\[no-such-type:odd one\]: NODE_TYPE_UNKNOWN: .*"no-such-type"/);
    const caught = async () => JSON.parse((await host.get('/caught')).text) as { code: string; source: string }[];
    // At the start, and for the message that it could not take.
    const errors = await until(async () => ((await caught()).length === 2 ? caught() : undefined), 'two errors');
    expect(errors).toMatchObject([
      { code: 'NODE_TYPE_UNKNOWN', source: 'odd' },
      { code: 'NODE_TYPE_UNKNOWN', source: 'odd' },
    ]);
  });

  it('goes on when a function node throws later, and tells which', async () => {
    const timer = endpoint('/timer', `setTimeout(() => { throw new Error('from a timer'); }, 1);`);
    const promise = endpoint('/promise', `Promise.reject(new TypeError('from a promise'));`);
    const host = await startHost({
      userDir: await temporaryDirectory(),
      flow: [tab, ...timer, ...promise, ...catchAll],
    });
    await host.get('/timer');
    await host.get('/promise');
    const caught = async () => JSON.parse((await host.get('/caught')).text) as { source: string }[];
    const errors = await until(async () => ((await caught()).length === 2 ? caught() : undefined), 'two errors');
    expect(errors.sort((a, b) => (a.source > b.source ? -1 : 1))).toMatchObject([
      {
        code: 'NODE_THREW_LATER',
        source: 'timer-function',
        message: expect.stringContaining('from a timer') as string,
      },
      {
        code: 'NODE_THREW_LATER',
        source: 'promise-function',
        message: expect.stringContaining('from a promise') as string,
      },
    ]);
    expect(host.log().match(/NODE_THREW_LATER/g)).toHaveLength(2);
    const token = (await readFile(host.summary.metrics.tokenFile, 'utf8')).trim();
    const metrics = await host.get('/metrics', { authorization: `Bearer ${token}` });
    expect(metrics.text).toContain('millrace_uncaught_errors_total{node="function"} 1');
    expect(await host.stop()).toBe(0);
  });

  it('keeps its secrets to its owner, and its metrics to whoever has the token', async () => {
    const host = await startHost({ userDir: await temporaryDirectory(), flow: [tab] });
    for (const name of ['credential-secret', 'metrics-token']) {
      expect((await stat(join(host.userDir, 'keys', name))).mode & 0o777).toBe(0o600);
    }
    expect((await host.get('/metrics')).status).toBe(401);
    expect((await host.get('/metrics', { authorization: 'Bearer wrong' })).status).toBe(401);
    const token = (await readFile(host.summary.metrics.tokenFile, 'utf8')).trim();
    expect((await host.get('/metrics', { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it.runIf(process.platform !== 'win32')('closes to others what an earlier start has left open', async () => {
    const userDir = await temporaryDirectory();
    const files = ['.sessions.json', '.config.runtime.json', 'flows_cred.json', '.flows_cred.json.backup'];
    await writeFile(join(userDir, 'flows.json'), JSON.stringify([tab]));
    for (const name of files) await writeFile(join(userDir, name), '{}', { mode: 0o644 });
    const host = await startHost({ userDir });
    for (const name of files) expect((await stat(join(userDir, name))).mode & 0o777, name).toBe(0o600);
    expect(host.log()).toContain('.sessions.json could be read by others (mode 644)');
  });

  it('has no editor and no admin API when headless, and loads only the core nodes that the flow uses', async () => {
    const flow = [tab, ...endpoint('/hello', `msg.payload = 'hello';`)];
    const userDir = await temporaryDirectory();
    const studio = await startHost({ userDir, flow });
    const loaded = await studio.get('/nodes', { accept: 'application/json' });
    expect(loaded.text).toContain('"inject"');
    await studio.stop();
    const host = await startHost({ userDir, flow, options: { headless: true } });
    expect((await host.get('/hello')).text).toBe('hello');
    for (const path of ['/', '/flows', '/settings', '/nodes']) expect((await host.get(path)).status).toBe(404);
    expect(host.log()).toBe('');
    expect(await host.stop()).toBe(0);
  });

  it('asks for the password everywhere but the sign-in page, from any host name', async () => {
    const userDir = await temporaryDirectory();
    await setPassword(userDir, 'admin', 'a long enough one');
    const host = await startHost({ userDir, flow: [tab, ...endpoint('/hello', `msg.payload = 'hello';`)] });
    expect(host.summary.protection).toBe('password');
    for (const path of ['/flows', '/settings', '/nodes', '/diagnostics', '/hello', '/metrics']) {
      expect((await host.get(path, { host: 'gateway.example' })).status, path).toBe(401);
    }
    expect((await host.get('/hello', basic('admin', 'wrong password'))).status).toBe(401);
    expect((await host.get('/hello', basic('admin', 'a long enough one'))).text).toBe('hello');
    const token = await fetch(new URL('/auth/token', host.summary.url), {
      method: 'POST',
      body: new URLSearchParams({
        ...{ client_id: 'node-red-editor', grant_type: 'password', scope: '' },
        ...{ username: 'admin', password: 'a long enough one' },
      }),
    });
    const { access_token: access } = (await token.json()) as { access_token: string };
    expect((await host.get('/flows', { authorization: `Bearer ${access}` })).status).toBe(200);
  });

  it('stops in order on SIGTERM, while a client is connected', async () => {
    const host = await startHost({ userDir: await temporaryDirectory(), flow: [tab] });
    const socket = new WebSocket(new URL('/comms', host.summary.url.replace('http', 'ws')));
    await new Promise((resolve) => (socket.onopen = resolve));
    const closed = new Promise((resolve) => (socket.onclose = resolve));
    expect(await host.stop()).toBe(0);
    await closed;
  });
});
