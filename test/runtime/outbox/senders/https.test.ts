import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MessagesRefused, RetryLater } from '../../../../runtime/outbox/senders/index.ts';
import { batchWith, failureOf, open } from '../../../conformance/senders/support.ts';
import { makeAuthority } from '../../../support/certificates.ts';
import { type HttpsServerOptions, startHttpsServer } from '../../../support/https-server.ts';
import { outboxIn, temporaryDirectory } from '../support.ts';

const soon = { timeout: 60_000, interval: 20 };

const authority = makeAuthority();
const tls = authority.sign('localhost');
const { ca } = authority;

const serving = async (options: HttpsServerOptions = {}) => {
  const server = await startHttpsServer(options);
  onTestFinished(() => server.close());
  const url = `${options.tls ? 'https' : 'http'}://localhost:${server.port}/in?room=7`;
  return { server, target: { type: 'https', url } as const };
};

describe('https', () => {
  it('sends one document a batch, under a key that stands for what it holds', async () => {
    const { server, target } = await serving();
    const { connection } = await open({
      ...target,
      headers: { 'X-Site': 'mill 3' },
      username: 'gateway',
      password: 'ü',
    });
    await connection.send(batchWith('a', 'b'));
    await connection.send(batchWith('a', 'b'));
    await connection.send(batchWith('a', 'b', 'c'));
    expect(server.taken).toHaveLength(2);
    expect(server.keys[1]).toBe(server.keys[0]);
    expect(server.keys[2]).not.toBe(server.keys[0]);
    expect(server.keys[0]).toMatch(/^gateway-1-live-000000000001-000000-[0-9a-f]{16}$/);
    expect(server.taken[0]).toMatchObject({
      method: 'POST',
      path: '/in?room=7',
      headers: {
        'content-type': 'application/x-ndjson',
        'x-site': 'mill 3',
        authorization: `Basic ${Buffer.from('gateway:ü').toString('base64')}`,
      },
    });
    expect(server.taken[0]?.body.toString().trim().split('\n')).toHaveLength(2);
  });

  it('sends single messages as JSON where batches are of one', async () => {
    const { server, target } = await serving();
    const { connection } = await open({ ...target, method: 'PUT', sending: { messages: 1 }, compression: 'gzip' });
    expect(connection.most.messages).toBe(1);
    await connection.send(batchWith({ value: 7 }));
    const [one] = server.taken;
    expect(one).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect(JSON.parse(one?.body.toString() ?? '')).toMatchObject({ payload: { value: 7 }, key: { sequence: 1 } });
  });

  it('keeps one connection open for all its requests, and opens another when the server has closed it', async () => {
    const { server, target } = await serving();
    const ports = new Set<unknown>();
    const { connection } = await open(target);
    server.next = ({ headers }, response) => {
      ports.add(response.socket?.remotePort);
      response.writeHead(200, headers['x-last'] ? { Connection: 'close' } : {}).end();
    };
    for (const _ of [1, 2, 3]) await connection.send(batchWith('a'));
    expect(ports.size).toBe(1);
    server.next = (_, response) => {
      response.end();
      response.socket?.destroySoon();
    };
    await connection.send(batchWith('b'));
    server.next = undefined;
    await connection.send(batchWith('c'));
    expect(server.taken).toHaveLength(1);
  });

  it.each([
    [401, 'DESTINATION_REFUSED'],
    [403, 'DESTINATION_FORBIDDEN'],
    [404, 'DESTINATION_MISSING'],
    [408, 'DESTINATION_BUSY'],
    [425, 'DESTINATION_BUSY'],
    [429, 'DESTINATION_BUSY'],
    [500, 'DESTINATION_BUSY'],
    [503, 'DESTINATION_BUSY'],
    [507, 'DESTINATION_FULL'],
  ])('sends again later what was answered with %i', async (status, code) => {
    const { server, target } = await serving();
    server.next = (_, response) => response.writeHead(status).end('<h1>sorry</h1>\nnot now');
    const failure = await failureOf(target);
    expect(failure).not.toBeInstanceOf(MessagesRefused);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(`it answers ${status}`) as string });
    expect(failure).toMatchObject({ message: expect.stringContaining('(sorry not now)') as string });
  });

  it.each([400, 413, 415, 422])('does not send again what was answered with %i', async (status) => {
    const { server, target } = await serving();
    server.next = (_, response) => response.writeHead(status).end('payload.value must be a number');
    const failure = await failureOf(target);
    expect(failure).toBeInstanceOf(MessagesRefused);
    expect(failure).toMatchObject({
      reason: { code: 'MESSAGE_REFUSED', message: expect.stringMatching(/payload\.value must be a number/) as string },
      indices: undefined,
    });
  });

  it('comes again when the server says', async () => {
    const { server, target } = await serving();
    const answers: [string, (after: number) => void][] = [
      ['120', (after) => expect(after).toBe(120_000)],
      [new Date(Date.now() + 600_000).toUTCString(), (after) => expect(after).toBeGreaterThan(500_000)],
      [new Date(Date.now() + 1e12).toUTCString(), (after) => expect(after).toBe(3_600_000)],
    ];
    for (const [retryAfter, check] of answers) {
      server.next = (_, response) => response.writeHead(503, { 'Retry-After': retryAfter }).end();
      const failure = await failureOf(target);
      expect(failure).toBeInstanceOf(RetryLater);
      check((failure as RetryLater).after);
    }
    server.next = (_, response) => response.writeHead(503, { 'Retry-After': 'soon' }).end();
    expect(await failureOf(target)).not.toBeInstanceOf(RetryLater);
  });

  it('goes nowhere that the target does not name', async () => {
    const { server: other } = await serving();
    const { server, target } = await serving();
    server.next = (_, response) =>
      response.writeHead(307, { Location: `http://localhost:${other.port}/new?secret=1234` }).end();
    const failure = await failureOf({ ...target, token: 'a secret token' });
    expect(failure).toMatchObject({
      code: 'DESTINATION_MISSING',
      message: expect.stringMatching(/points to http:\/\/localhost:\d+\/new$/) as string,
    });
    expect(other.keys).toEqual([]);
  });

  it('repeats no secret, though the server does', async () => {
    const { server, target } = await serving();
    server.next = ({ headers, path }, response) => response.writeHead(400).end(JSON.stringify([headers, path]));
    const url = `${target.url}&key=hunter2`;
    const settings = { ...target, url, token: 'tok-1234', headers: { 'X-Api-Key': 'api-5678' } };
    const failure = (await failureOf(settings)) as MessagesRefused;
    const text = `${failure.message} ${failure.reason.toString()}`;
    for (const secret of ['tok-1234', 'api-5678', 'hunter2']) expect(text).not.toContain(secret);
  });

  it('shows its certificate to a server that wants one, and trusts none that cannot prove who it is', async () => {
    const { target } = await serving({ tls: { ...tls, clientCa: ca } });
    expect(await failureOf({ ...target, ca, ...authority.sign('gateway-1') })).toBeUndefined();
    expect(await failureOf({ ...target, ca })).toMatchObject({
      code: 'DESTINATION_REFUSED',
      message: expect.stringMatching(/certificate/) as string,
    });
    expect(await failureOf(target)).toMatchObject({
      code: 'DESTINATION_UNTRUSTED',
      hint: expect.stringMatching(/authority/) as string,
    });
    const old = await serving({ tls: authority.sign('localhost', undefined, { expired: true }) });
    expect(await failureOf({ ...old.target, ca })).toMatchObject({
      code: 'DESTINATION_UNTRUSTED',
      message: expect.stringMatching(/expired/) as string,
    });
    const elsewhere = await serving({ tls: authority.sign('a', ['DNS:a.example']) });
    expect(await failureOf({ ...elsewhere.target, ca })).toMatchObject({ code: 'DESTINATION_UNTRUSTED' });
  });

  it('lays aside what the server never takes, and sends the rest', async () => {
    const { server, target } = await serving();
    const taken: unknown[] = [];
    const take = (body: Buffer, response: ServerResponse) => {
      const values = body.toString().trim().split('\n');
      const payloads = values.map((line) => (JSON.parse(line) as { payload: unknown }).payload);
      if (payloads.includes('bad')) return response.writeHead(422).end('no');
      taken.push(...payloads);
      return response.writeHead(204).end();
    };
    server.next = ({ body }, response) => void take(body, response);
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('cloud', target);
    await Promise.all(['a', 'b', 'bad', 'c', 'd'].map((payload) => cloud.put('pump', { payload })));
    await vi.waitFor(() => expect(cloud.state()).toMatchObject({ depth: 0, dead: 1 }), soon);
    expect(taken).toEqual(['a', 'b', 'c', 'd']);
  });
});
