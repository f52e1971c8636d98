/** What an attacker's page can reach of a Millrace that runs without a password on the same machine: nothing. */
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStudio, type Studio } from '../support/studio.ts';

const tab = { id: 'tab', type: 'tab', label: 'Served' };
const flow = [
  tab,
  { id: 'button', type: 'inject', z: 'tab', props: [], x: 100, y: 100, wires: [[]] },
  { id: 'in', type: 'http in', z: 'tab', url: '/served', method: 'get', x: 100, y: 200, wires: [['out']] },
  { id: 'out', type: 'http response', z: 'tab', x: 300, y: 200, wires: [] },
  { id: 'socket', type: 'websocket in', z: 'tab', server: 'listener', client: '', x: 100, y: 300, wires: [[]] },
  { id: 'listener', type: 'websocket-listener', path: '/socket', wholemsg: 'false' },
];

/** Every kind of route: the editor and its files, the admin API, what our package serves, what a flow serves, ours. */
const GET = [
  ...['/', '/red/red.min.js', '/vendor/vendor.js', '/favicon.ico', '/theme', '/locales/editor', '/locales/nodes'],
  ...['/auth/login', '/settings', '/settings/user', '/flows', '/flows/state', '/flow/tab', '/diagnostics'],
  ...[
    '/nodes',
    '/nodes/messages?lng=en-US',
    '/nodes/millrace',
    '/nodes/millrace/millrace',
    '/plugins',
    '/plugins/messages?lng=en-US',
  ],
  ...['/icons', '/icons/millrace/infer.svg', '/icons/node-red/inject.svg', '/resources/millrace/editor.js'],
  ...['/context/global', '/context/flow/tab', '/library/local/flows/', '/credentials/target/x'],
  ...['/debug/view/view.html', '/served', '/metrics'],
];
const WRITE: readonly [string, string][] = [
  ['POST', '/flows'],
  ['POST', '/flow'],
  ['PUT', '/flow/tab'],
  ['DELETE', '/flow/tab'],
  ['POST', '/nodes'],
  ['PUT', '/nodes/millrace'],
  ['DELETE', '/nodes/millrace'],
  ['POST', '/inject/button'],
  ['POST', '/settings/user'],
  ['POST', '/library/local/flows/x'],
  ['DELETE', '/context/global/x'],
  ['POST', '/auth/token'],
  ['OPTIONS', '/served'],
  ['OPTIONS', '/flows'],
  ['POST', '/millrace/live/?EIO=4&transport=polling&sid=x'],
];
const SOCKETS = ['/comms', '/millrace/live/?EIO=4&transport=websocket', '/socket', '/no-such-socket'];

let studio: Studio;
let own: string;
beforeAll(async () => {
  studio = await startStudio({ flow });
  own = new URL(studio.url).host;
});
afterAll(() => studio.stop());

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
  readonly upgraded: boolean;
}

function ask(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, studio.url), { method, headers }, (response: IncomingMessage) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode, text, upgraded: false }));
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode, text: '', upgraded: true });
    });
    sent.on('error', reject);
    sent.end(method === 'POST' || method === 'PUT' ? '[]' : undefined);
  });
}

const json = { 'content-type': 'application/json', accept: 'application/json' };
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** What a foreign page's browser, a rebound name, or a machine of the network may send. */
const foreign = (): [string, Record<string, string>][] => [
  ['a rebound name', { host: `evil.example:${own.split(':')[1]}` }],
  ['a rebound name with its own origin', { host: 'evil.example', origin: 'http://evil.example' }],
  ['a name that looks like ours', { host: `localhost.evil.example` }],
  ['an address of the network', { host: '192.168.1.20:1880' }],
  ['a foreign page', { host: own, origin: 'https://evil.example' }],
  ['a page in a sandbox or of a file', { host: own, origin: 'null' }],
  ['another server on this machine', { host: own, origin: 'http://127.0.0.1:1' }],
  ['a foreign page that embeds', { host: own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
];

describe('a Millrace without a password', () => {
  it('serves each of these routes to its own pages', async () => {
    const origin = studio.url.replace(/\/$/, '');
    const answers = await Promise.all(
      GET.map(async (path) => [path, (await ask('GET', path, { host: own, origin })).status]),
    );
    // The metrics want their token, whoever asks.
    expect(answers.filter(([path, status]) => status !== 200 && path !== '/metrics')).toEqual([]);
    for (const path of SOCKETS.slice(0, 3)) {
      expect([path, (await ask('GET', path, { host: own, ...upgrade })).upgraded]).toEqual([path, true]);
    }
  });

  it('serves no route to anyone else', async () => {
    for (const [who, headers] of foreign()) {
      const routes = [...GET.map((path): [string, string] => ['GET', path]), ...WRITE];
      for (const [method, path] of routes) {
        const { status, text } = await ask(method, path, { ...json, ...headers });
        expect(`${who}: ${method} ${path}: ${status} ${text.slice(0, 60)}`).toMatch(/: 403 REQUEST_FOREIGN: refused: /);
      }
    }
  });

  it('opens no websocket to anyone else', async () => {
    for (const [who, headers] of foreign()) {
      for (const path of SOCKETS) {
        const { status, upgraded } = await ask('GET', path, { ...upgrade, ...headers });
        expect([who, path, status, upgraded]).toEqual([who, path, 403, false]);
      }
    }
  });

  it('serves no request that names no host, nor one that asks for a tunnel', async () => {
    expect(await raw('GET /flows HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await raw('CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n')).not.toMatch(/^HTTP\/1\.1 2/);
  });

  it('has not changed by any of it', async () => {
    const { text } = await ask('GET', '/flows', { ...json, host: own });
    const nodes = JSON.parse(text) as { id: string }[];
    expect(nodes.map(({ id }) => id).sort()).toEqual(flow.map(({ id }) => id).sort());
    const token = (await readFile(join(studio.userDir, 'keys/metrics-token'), 'utf8')).trim();
    const metrics = await ask('GET', '/metrics', { host: own, authorization: `Bearer ${token}` });
    expect(metrics.text).toMatch(/^millrace_http_refused_total\{header="Host"\} \d+$/m);
    expect((await ask('GET', '/metrics', { host: own })).status).toBe(401);
  });

  it('lets no other page frame the editor', async () => {
    const headers = await fetch(studio.url).then((response) => response.headers);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  });
});

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(own.split(':')[1]), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
