import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { attachLive, type Live, type LiveOptions } from '../../../runtime/live/index.ts';
import type { View } from '../../../runtime/messages/index.ts';
import type { ViewHub } from '../../../runtime/services/index.ts';

const origin = { node: 'n1', name: 'temperature', type: 'sensor' };
const reading = (time: number, node = 'n1'): View => ({
  ...origin,
  node,
  time,
  kind: 'readings',
  channels: [{ name: 'temperature', last: time, min: time, max: time }],
});
const problem = (time: number): View => ({
  ...origin,
  time,
  kind: 'problem',
  code: 'PIN_MISSING',
  title: 'no such pin',
  message: 'the board has no pin A9',
  hint: 'Choose one of A0 to A5.',
  count: 1,
});
const cleared = (what: 'problem' | 'node', time: number): View => ({ ...origin, time, kind: 'cleared', what });

function createHub(past: View[] = []): ViewHub {
  const listeners = new Set<(view: View) => void>();
  return {
    publish: (view) => listeners.forEach((listener) => listener(view)),
    snapshot: () => past,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

let server: Server;
let live: Live | undefined;
const browsers: Socket[] = [];

beforeEach(async () => {
  server = createServer((request, response) => response.end(`editor ${request.url}`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const browser of browsers.splice(0)) browser.disconnect();
  await live?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function attach(views: ViewHub, options: Partial<LiveOptions> = {}): Promise<void> {
  live = await attachLive({
    server,
    path: '/admin/millrace/live',
    views,
    clock: systemClock,
    authorise: () => true,
    ...options,
  });
}

function connect(token?: string): Socket {
  const browser = io(url(), {
    path: '/admin/millrace/live',
    transports: ['websocket'],
    auth: token === undefined ? {} : { token },
    reconnection: false,
    forceNew: true,
  });
  browsers.push(browser);
  return browser;
}

const heard = <T>(browser: Socket, event: string) =>
  new Promise<T>((resolve) => browser.once(event, (value: T) => resolve(value)));

/** Collects every batch, acknowledging as the sidebar does. */
function collect(browser: Socket): View[][] {
  const batches: View[][] = [];
  browser.on('views', (batch: View[], shown: () => void) => {
    batches.push(batch);
    shown();
  });
  return batches;
}

const until = async (condition: () => boolean) => {
  while (!condition()) await systemClock.sleep(5);
};

describe('the live feed', () => {
  it('gives a browser the past first and then each new view', async () => {
    const hub = createHub([reading(1), reading(2)]);
    await attach(hub);
    const browser = connect();
    const batches = collect(browser);
    expect(await heard(browser, 'snapshot')).toEqual([reading(1), reading(2)]);
    hub.publish(reading(3));
    await until(() => batches.length > 0);
    expect(batches).toEqual([[reading(3)]]);
  });

  it('sends a fast stream ten times a second, the newest view of each node', async () => {
    const hub = createHub();
    await attach(hub);
    const browser = connect();
    const batches = collect(browser);
    await heard(browser, 'snapshot');
    const started = systemClock.monotonic();
    for (let time = 1; time <= 300; time++) {
      hub.publish(reading(time, 'fast'));
      hub.publish(reading(time, 'other'));
      await systemClock.sleep(1);
    }
    await until(() => batches.at(-1)?.at(-1)?.time === 300);
    const passed = systemClock.monotonic() - started;
    expect(batches.length).toBeLessThanOrEqual(passed / 100 + 2);
    for (const batch of batches) expect(batch.map(({ node }) => node)).toEqual(['fast', 'other']);
  });

  it('never lets a problem or its end get lost among readings', async () => {
    const hub = createHub();
    await attach(hub);
    const browser = connect();
    const batches = collect(browser);
    await heard(browser, 'snapshot');
    hub.publish(problem(1));
    for (let time = 2; time <= 200; time++) hub.publish(reading(time));
    await until(() => batches.length > 0);
    expect(batches.flat().map(({ kind }) => kind)).toEqual(['problem', 'readings']);
    hub.publish(cleared('problem', 201));
    for (let time = 202; time <= 400; time++) hub.publish(reading(time));
    await until(() => batches.length > 1);
    expect(batches[1]?.map(({ kind }) => kind)).toEqual(['cleared', 'readings']);
  });

  it('shows nothing of a removed node after its removal', async () => {
    const hub = createHub();
    await attach(hub);
    const browser = connect();
    const batches = collect(browser);
    await heard(browser, 'snapshot');
    hub.publish(reading(1));
    hub.publish(cleared('node', 2));
    await until(() => batches.length > 0);
    expect(batches.flat()).toEqual([cleared('node', 2)]);
  });

  it('holds no more than the newest view for a browser that does not keep up', async () => {
    const hub = createHub();
    await attach(hub);
    const browser = connect();
    const taken: { batch: View[]; shown: () => void }[] = [];
    browser.on('views', (batch: View[], shown: () => void) => taken.push({ batch, shown }));
    await heard(browser, 'snapshot');
    hub.publish(reading(1));
    await until(() => taken.length === 1);
    for (let time = 2; time <= 1_000; time++) hub.publish(reading(time));
    await systemClock.sleep(250);
    expect(taken).toHaveLength(1);
    taken[0]?.shown();
    await until(() => taken.length === 2);
    expect(taken[1]?.batch).toEqual([reading(1_000)]);
  });

  it('refuses a browser whose token Node-RED does not accept, with a coded error', async () => {
    await attach(createHub([reading(1)]), { authorise: async (token) => token === 'right' });
    const wrong = connect('wrong');
    const seen: unknown[] = [];
    wrong.on('snapshot', (views) => seen.push(views));
    const refusal = await heard<Error & { data: { code: string; hint: string } }>(wrong, 'connect_error');
    expect(refusal.data).toMatchObject({
      code: 'LIVE_UNAUTHORISED',
      message: 'live views refused: the token is refused',
    });
    const none = await heard<Error & { data: { code: string } }>(connect(), 'connect_error');
    expect(none.data).toMatchObject({ message: 'live views refused: the token is missing' });
    expect(await heard(connect('right'), 'snapshot')).toHaveLength(1);
    expect(seen).toEqual([]);
  });

  it('refuses when the check itself fails', async () => {
    await attach(createHub(), { authorise: () => Promise.reject(new Error('no user store')) });
    const refusal = await heard<Error & { data: { code: string } }>(connect('any'), 'connect_error');
    expect(refusal.data.code).toBe('LIVE_UNAUTHORISED');
  });

  it('refuses more browsers than the limit, and counts only those that have shown a token', async () => {
    await attach(createHub(), { authorise: (token) => token === 'right' });
    const silent = Array.from(
      { length: 60 },
      () => new WebSocket(`${url().replace('http', 'ws')}/admin/millrace/live/?EIO=4&transport=websocket`),
    );
    await Promise.all(silent.map((one) => new Promise((resolve) => (one.onopen = resolve))));
    for (let count = 0; count < 50; count++) await heard(connect('right'), 'snapshot');
    const refusal = await heard<Error & { data: { code: string } }>(connect('right'), 'connect_error');
    expect(refusal.data.code).toBe('LIVE_FULL');
    browsers[0]?.disconnect();
    await systemClock.sleep(50);
    await heard(connect('right'), 'snapshot');
    for (const one of silent) one.close();
  });

  it('leaves requests and other websockets of the same server alone', async () => {
    const upgraded: string[] = [];
    server.on('upgrade', ({ url: asked }, socket) => {
      if (asked !== '/comms') return;
      upgraded.push(asked);
      // Slower than socket.io's patience with upgrades that nobody has answered.
      setTimeout(
        () => socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
        1_200,
      );
    });
    const before = server.listeners('request');
    await attach(createHub());
    expect(server.listeners('request')).toEqual(before);
    expect(await (await fetch(`${url()}/settings`)).text()).toBe('editor /settings');
    expect(await (await fetch(`${url()}/admin/millrace/live/socket.io.js`)).text()).toMatch(/^editor /);

    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asking = request(`${url()}/comms`, { headers: { connection: 'Upgrade', upgrade: 'websocket' } });
      asking.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      asking.on('error', reject);
      asking.end();
    });
    expect(status).toBe(101);
    expect(upgraded).toEqual(['/comms']);
  });

  it('ends with its browsers gone and the server still serving', async () => {
    const hub = createHub();
    await attach(hub);
    const browser = connect();
    await heard(browser, 'snapshot');
    const gone = heard(browser, 'disconnect');
    await live?.close();
    await gone;
    expect(await (await fetch(`${url()}/flows`)).text()).toBe('editor /flows');
    expect(server.listenerCount('upgrade')).toBe(0);
    await attach(hub);
    expect(await heard(connect(), 'snapshot')).toEqual([]);
  });
});
