/** Whoever reaches the studio's port, or the gateway's studio: what they send cannot stop the other side, fill it, or get in. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPairingCode } from '../../../runtime/messages/index.ts';
import { systemClock } from '../../../runtime/base/index.ts';
import { linkStatement, proveSecret } from '../../../runtime/keys/index.ts';
import { newKey } from '../../support/bundles.ts';
import { fakeGateway, pairedGateway, startTestStudio, type TestStudio } from '../../support/gateways.ts';
import { until } from '../../support/node-red.ts';

let studio: TestStudio;
const sockets: Socket[] = [];

beforeEach(async () => {
  studio = await startTestStudio();
  await studio.gateways.pair();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await studio.remove();
});

const dial = (auth: object = { protocol: 1 }) => {
  const options = { rejectUnauthorized: false, reconnection: false, forceNew: true, transports: ['websocket'] };
  const socket = io(`https://127.0.0.1:${studio.port()}`, { ...options, path: '/millrace/gateways', auth });
  sockets.push(socket);
  return socket;
};
const ended = (socket: Socket) => new Promise<string>((resolve) => socket.once('disconnect', resolve));
const challenged = (socket: Socket) =>
  new Promise<{ nonce: string }>((resolve) => socket.once('challenge', (said: { nonce: string }) => resolve(said)));

/** What the port answers to a request that comes from this address. */
const firstLine = (localAddress: string) =>
  new Promise<string>((resolve, reject) => {
    const there = { port: studio.port(), host: '127.0.0.1', localAddress, rejectUnauthorized: false };
    const socket = connectTls(there, () => socket.write('GET /flows HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.once('error', reject);
    socket.once('data', (bytes) => {
      resolve(String(bytes));
      socket.destroy();
    });
  });

/** What JSON and socket.io can carry. */
const anything = fc.anything({ withNullPrototype: false, maxDepth: 4 }).map((value) => {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null') as unknown;
  } catch {
    return 'nothing';
  }
});

describe('the studio', () => {
  it('names its protocol to whoever speaks another', async () => {
    for (const auth of [{}, { protocol: 2 }, { protocol: 'one' }]) {
      const refused = await new Promise<Error & { data?: { code: string } }>((resolve) =>
        dial(auth).once('connect_error', resolve),
      );
      expect(refused.data?.code).toBe('PROTOCOL_UNFIT');
    }
  });

  it('lets nobody in with a key that it does not know, or a signature for another connection', async () => {
    const { gateway } = await pairedGateway(studio);
    const { identity } = gateway;
    const key = newKey();
    const told = readPairingCode((await studio.gateways.pair()).code);
    const statement = linkStatement('gateway hello', ['a'.repeat(43), told?.fingerprint ?? '', identity.gateway, 'x']);
    const signature = Buffer.from(key.sign(statement)).toString('base64url');
    const socket = dial();
    await challenged(socket);
    const gone = ended(socket);
    const answer: unknown = await socket.emitWithAck('hello', { identity, instance: 'x', signature });
    expect(answer).toMatchObject({ problem: { code: 'GATEWAY_REFUSED' } });
    await gone;
  });

  describe('whoever pairs', () => {
    /** As far as the studio's welcome. */
    const proposed = async (code: string, socket = dial()) => {
      const { identity } = fakeGateway();
      const [key, told] = [newKey(), readPairingCode(code)];
      const { nonce } = await challenged(socket);
      const parts = [nonce, told?.fingerprint ?? '', identity.gateway, key.publicKey, 'x'];
      const statement = linkStatement('gateway pairs', parts);
      const answer: unknown = await socket.emitWithAck('pair', {
        ...{ identity, instance: 'x', nonce: 'n'.repeat(43), publicKey: key.publicKey },
        signature: Buffer.from(key.sign(statement)).toString('base64url'),
        proof: proveSecret(told?.secret ?? '', statement),
      });
      return { socket, answer };
    };
    const fits = { value: { studio: 'studio.test' } };
    const refused = { problem: { code: 'PAIRING_CODE_REFUSED' } };

    it('is nobody until it accepts, and then the only one', async () => {
      const { code } = await studio.gateways.pair();
      const first = await proposed(code);
      expect(first.answer).toMatchObject(fits);
      // Meanwhile the code is nobody else's.
      expect((await proposed(code)).answer).toMatchObject(refused);
      const gone = ended(first.socket);
      first.socket.disconnect();
      await gone;
      let second = await proposed(code);
      await until(async () => {
        if ('value' in (second.answer as object)) return true;
        second = await proposed(code);
        return false;
      }, 'the code to be good again');
      expect(studio.gateways.list().gateways).toEqual([]);
      expect(await second.socket.emitWithAck('accept', {})).toEqual({ value: {} });
      expect(studio.gateways.list().gateways).toHaveLength(1);
      expect((await proposed(code)).answer).toMatchObject(refused);
      const again = ended(second.socket);
      second.socket.emit('accept', {}, () => undefined);
      await again;
      expect(studio.gateways.list().gateways).toHaveLength(1);
    });

    it('is not waited for, whether it accepts or not', async () => {
      await studio.remove();
      /** A minute is over when the test says so. */
      const minutes = new Set<() => void>();
      const clock: typeof systemClock = {
        ...systemClock,
        after(ms, work) {
          if (ms !== 60_000) return systemClock.after(ms, work);
          minutes.add(work);
          return { cancel: () => void minutes.delete(work) };
        },
      };
      const minute = () => minutes.forEach((over) => over());
      studio = await startTestStudio({ clock });
      const { code } = await studio.gateways.pair();
      const first = await proposed(code);
      const gone = ended(first.socket);
      minute();
      await gone;
      await until(() => minutes.size === 0, 'its minute to be forgotten');
      const { socket, answer } = await proposed(code);
      expect(answer).toMatchObject(fits);
      expect(await socket.emitWithAck('accept', {})).toEqual({ value: {} });
      const over = ended(socket);
      minute();
      await over;
    });

    it('is refused where the operator has asked for another code meanwhile', async () => {
      const { socket } = await proposed((await studio.gateways.pair()).code);
      const { code } = await studio.gateways.pair();
      expect(await socket.emitWithAck('accept', {})).toMatchObject(refused);
      expect(studio.gateways.list().gateways).toEqual([]);
      const next = await proposed(code);
      expect(await next.socket.emitWithAck('accept', {})).toEqual({ value: {} });
    });

    it('is not there where the disk has not taken it', async () => {
      const { socket } = await proposed((await studio.gateways.pair()).code);
      await writeFile(join(studio.directory, 'paired'), 'no folder');
      expect(await socket.emitWithAck('accept', {})).toHaveProperty('problem');
      expect(studio.gateways.list().gateways).toEqual([]);
    });
  });

  it('hears nothing from a connection that has not said who it is', async () => {
    const before = studio.gateways.list();
    const socket = dial();
    await challenged(socket);
    socket.emit('status', { status: { state: 'idle', process: 'running', restarts: 0 } });
    socket.emit('event', { event: { sequence: 1, time: 0, kind: 'note', text: 'hello' } });
    const gone = ended(socket);
    socket.emit('hello', { nonsense: true });
    await gone;
    expect(studio.gateways.list()).toEqual(before);
  });

  it('outlives whatever is said to it, and lets none of it in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('hello', 'pair', 'prove', 'status', 'x'), anything, async (event, said) => {
        const socket = dial();
        await challenged(socket);
        const answer: unknown = await socket
          .timeout(100)
          .emitWithAck(event, said)
          .catch(() => undefined);
        socket.disconnect();
        expect(answer === undefined || 'problem' in (answer as object)).toBe(true);
      }),
      { numRuns: 25 },
    );
    expect(studio.gateways.list().gateways).toEqual([]);
    const { gateway } = await pairedGateway(studio);
    expect(studio.row(gateway.identity.gateway).connected).toBe(true);
  });

  it('ends a gateway that sends too much at once, too often, or nonsense, and takes it again', async () => {
    const linked = await pairedGateway(studio);
    const id = linked.gateway.identity.gateway;
    const gone = () => until(() => !studio.row(id).connected, 'the gateway to be ended');
    const back = () => until(() => studio.row(id).connected, 'the gateway to come back');
    const flood = linked.gateway;
    flood.set({ running: { name: 'x'.repeat(3_000_000), version: 1, digest: 'ab'.repeat(32) } });
    await gone();
    flood.set({ running: { name: 'x', version: 1, digest: 'ab'.repeat(32) } });
    await back();
    flood.set({ restarts: 'many' as never });
    await gone();
    expect(studio.warnings.map((warning) => (warning as { code?: string }).code)).toContain('GATEWAY_ANSWER_INVALID');
    flood.set({ restarts: 1 });
    await back();
    await linked.close();
  });

  it('takes connections that never speak for a while only, and no more of them than it has room for', async () => {
    const silent = Array.from({ length: 40 }, () => dial());
    const refused = await Promise.all(
      silent.map(
        (socket) =>
          new Promise<boolean>((resolve) => {
            socket.once('connect', () => resolve(false));
            socket.once('connect_error', () => resolve(true));
          }),
      ),
    );
    // From one address: others still find a place.
    expect(refused.filter(Boolean)).toHaveLength(24);
    expect(await firstLine('127.0.0.2')).toMatch(/^HTTP\/1\.1 404/);
    for (const socket of silent) socket.disconnect();
    await pairedGateway(studio);
  });

  it('answers nothing but gateways on its port', async () => {
    expect(await firstLine('127.0.0.1')).toMatch(/^HTTP\/1\.1 404/);
  });
});

describe('a gateway', () => {
  it('keeps what it told for a studio that does not acknowledge, and what runs does not notice', async () => {
    const gateway = fakeGateway();
    const linked = await pairedGateway(studio, gateway);
    await studio.stop();
    for (let i = 0; i < 5; i++) gateway.add({ kind: 'note', text: `event ${i}` });
    expect(gateway.events(0)).toHaveLength(5);
    await linked.close();
  });
});
