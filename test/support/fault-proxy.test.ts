import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startFaultProxy } from './fault-proxy.ts';

/** A server that gives back what it gets, behind a proxy, and a client of it. */
async function echoing() {
  const sockets = new Set<Socket>();
  let heard = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      heard += piece.toString();
      socket.write(piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await startFaultProxy((server.address() as AddressInfo).port);
  onTestFinished(async () => {
    await proxy.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const client = async () => {
    const socket = connect({ port: proxy.port, host: '127.0.0.1' });
    const seen = { socket, text: '', error: undefined as string | undefined, closed: false };
    socket.on('data', (piece) => (seen.text += piece.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (seen.error = error.code));
    socket.on('close', () => (seen.closed = true));
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect').catch(() => undefined);
    return seen;
  };
  return { proxy, client, heard: () => heard };
}

it('hands everything on, late and slowly where it should, in order', async () => {
  const { proxy, client } = await echoing();
  proxy.delay(30);
  proxy.bandwidth(200_000);
  const { socket } = await client();
  const text = Array.from({ length: 4_000 }, (_, index) => `${index},`).join('');
  const got: Buffer[] = [];
  socket.on('data', (piece) => got.push(piece));
  socket.write(text);
  await vi.waitFor(() => expect(Buffer.concat(got).toString()).toBe(text), { timeout: 60_000 });
});

it('swallows, breaks off, refuses, and heals', async () => {
  const { proxy, client, heard } = await echoing();
  const one = await client();
  one.socket.write('a');
  await vi.waitFor(() => expect(one.text).toBe('a'));

  proxy.swallow('down');
  one.socket.write('b');
  await vi.waitFor(() => expect(heard()).toBe('ab'));
  expect(one.text).toBe('a');
  proxy.swallow();
  const two = await client();
  two.socket.write('lost');
  await vi.waitFor(() => expect(proxy.bytes.up).toBe(6));
  expect(heard()).toBe('ab');

  await proxy.heal();
  await vi.waitFor(() => expect([one.closed, two.closed]).toEqual([true, true]));
  expect(one.error).toBe('ECONNRESET');
  const three = await client();
  three.socket.write('c');
  await vi.waitFor(() => expect(three.text).toBe('c'));

  await proxy.refuse();
  const four = await client();
  expect(four.error).toBe('ECONNREFUSED');
  await proxy.heal();
  const five = await client();
  proxy.resetAfter(2);
  five.socket.write('defg');
  await vi.waitFor(() => expect(five.error).toBe('ECONNRESET'));
  await vi.waitFor(() => expect(heard()).toMatch(/^abc(de)?$/));
  expect(proxy.open).toBe(0);

  await proxy.heal();
  const six = await client();
  proxy.cut();
  await vi.waitFor(() => expect(six.closed).toBe(true));
  expect(six.error).toBeUndefined();
});
