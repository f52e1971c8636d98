/** How the page asks the gateway: a real HTTP server answers. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askForLines, askGateway } from '../../editor/gateway.ts';

let server: Server;
const seen: { path: string | undefined; authorization: string | undefined; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += String(piece)));
    request.on('end', () => {
      seen.push({ path: request.url, authorization: request.headers.authorization, body });
      if (request.url?.endsWith('/refused')) {
        response.writeHead(400, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ code: 'X', message: 'no such thing', hint: 'Take another.' }));
      } else if (request.url?.endsWith('/lines')) {
        // Cut in the middle of a line, and of a letter of two bytes.
        const bytes = Buffer.from('{"n":1}\n{"text":"µs"}\n{"n":3}');
        const cut = bytes.indexOf(0xb5);
        response.write(bytes.subarray(0, 3));
        setTimeout(() => response.write(bytes.subarray(3, cut)), 20);
        setTimeout(() => response.end(bytes.subarray(cut)), 40);
      } else if (request.url?.endsWith('/nothing')) response.writeHead(204).end();
      else response.end('{"fine":true}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal('location', { href: `http://127.0.0.1:${port}/red/` });
  vi.stubGlobal('RED', { settings: { get: () => ({ access_token: 'secret' }), apiRootUrl: '' } });
});
afterAll(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

describe('asking the gateway', () => {
  it('goes below the editor’s own address, as whoever is signed in', async () => {
    expect(await askGateway('recordings')).toEqual({ fine: true });
    expect(seen.at(-1)).toMatchObject({ path: '/red/millrace/recordings', authorization: 'Bearer secret' });
    expect(await askGateway('recordings/stop', { id: 'a' })).toEqual({ fine: true });
    expect(seen.at(-1)?.body).toBe('{"id":"a"}');
    expect(await askGateway('nothing')).toBeUndefined();
  });

  it('says in words what was refused', async () => {
    await expect(askGateway('refused')).rejects.toMatchObject({ message: 'no such thing', hint: 'Take another.' });
  });

  it('hands on lines one by one, however they were cut on the way', async () => {
    const lines: unknown[] = [];
    for await (const line of askForLines('lines', {}, new AbortController().signal)) lines.push(line);
    // The last one has no end of line, as of an answer that was cut: it is whole, or it is none.
    expect(lines.slice(0, 2)).toEqual([{ n: 1 }, { text: 'µs' }]);
  });
});
