/** A studio that a gateway has pinned and that has gone bad: it can ask for what a studio may, and break nothing. */
import { createServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { fingerprintOf, makeCertificate, makeRoot } from '../../../../runtime/keys/index.ts';
import { changeGatewaySettings, pinRoot } from '../../../../runtime/rollout/index.ts';
import { newKey, rootOf } from '../../../support/bundles.ts';
import { fakeGateway, type FakeGateway, gatewayFolder, type Linked, openLink } from '../../../support/gateways.ts';
import { until } from '../../../support/node-red.ts';

const own = newKey();
let server: HttpsServer;
let io: Server;
let linked: Linked;
let gateway: FakeGateway;
/** Of the gateway's connection. */
let line: Socket | undefined;
let welcome: unknown;

beforeEach(async () => {
  const certificate = await makeCertificate({ names: ['localhost'], days: 1, now: systemClock.now() });
  server = createServer(certificate);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  io = new Server({ path: '/millrace/gateways', transports: ['websocket'] });
  io.attach(server);
  welcome = { value: { studio: 'bad', addresses: [], roots: [], events: 0 } };
  io.on('connection', (socket) => {
    socket.on('hello', (_said: unknown, acknowledge: (answer: unknown) => void) => {
      acknowledge(welcome);
      line = socket;
    });
    socket.on('disconnect', () => (line = undefined));
    socket.emit('challenge', { protocol: 1, nonce: randomBytes(32).toString('base64url') });
  });
  const userDir = await gatewayFolder();
  const { port } = server.address() as AddressInfo;
  const studio = { addresses: [`127.0.0.1:${port}`], fingerprint: fingerprintOf(certificate.cert), paired: 1 };
  await changeGatewaySettings(userDir, { studio });
  const { version, expires, roles } = rootOf([own]);
  await pinRoot(userDir, [makeRoot({ version, expires, roles }, [own])], systemClock.now());
  gateway = fakeGateway();
  linked = openLink(userDir, gateway);
});
afterEach(async () => {
  await linked.close();
  await io.close();
});

const connected = () => until(() => line, 'the gateway');
const ask = async (what: string, said: unknown): Promise<unknown> => {
  const answer: unknown = await (await connected()).timeout(5_000).emitWithAck(what, said);
  return answer;
};
const anything = fc.anything({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown);

describe('a gateway with a studio that has gone bad', () => {
  it('answers what does not follow the protocol with an error, and does nothing of it', async () => {
    await connected();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('offer', 'part', 'log'), anything, async (what, said) => {
        const valid = what === 'log' && typeof said === 'object' && said !== null && 'after' in said;
        if (!valid) expect(await ask(what, said)).toMatchObject({ problem: { code: 'STUDIO_ANSWER_INVALID' } });
      }),
      { numRuns: 200 },
    );
    expect([gateway.offers, gateway.calls, gateway.files.size]).toEqual([[], [], 0]);
  });

  it('takes no part that is longer than a part may be', async () => {
    const said = { file: 'ab'.repeat(32), offset: 0, bytes: randomBytes(100_000), last: true };
    expect(await ask('part', said)).toMatchObject({ problem: { code: 'STUDIO_ANSWER_INVALID' } });
    expect(gateway.files.size).toBe(0);
  });

  it('goes on trying where the welcome makes no sense, and is connected by the first that does', async () => {
    await connected();
    welcome = { value: { studio: 7, roots: 'none' } };
    io.disconnectSockets(true);
    await until(() => linked.said.some((text) => text.includes('STUDIO_ANSWER_INVALID')), 'the complaint');
    welcome = { value: { studio: 'good', addresses: [], roots: [], events: 0 } };
    await until(() => linked.said.some((text) => text.includes('connected to the studio good')), 'the connection');
  });

  it('keeps its pinned root where the studio sends one that does not follow', async () => {
    welcome = { value: { studio: 'bad', addresses: [], roots: [{ payload: 'x' }], events: 0 } };
    await until(() => linked.said.some((text) => text.includes('ENVELOPE_INVALID')), 'the complaint');
    // It is no reason to be without a studio.
    await connected();
    expect(await ask('metrics', {})).toEqual({ value: { text: 'millrace_up 1\n' } });
  });
});
