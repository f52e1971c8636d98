import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { s3Target, type TargetSettings } from '../../../../runtime/outbox/schema.ts';
import { connectS3 } from '../../../../runtime/outbox/senders/s3.ts';
import { type ObjectStore, S3_KEYS, startS3 } from '../../../support/s3.ts';
import { freePort, listen } from '../support.ts';
import { batchOf } from './batches.ts';
import { contextIn, failureOf } from './context.ts';

type Settings = Partial<Extract<TargetSettings, { type: 's3' }>>;

async function connectTo(endpoint: string, settings: Settings = {}) {
  const { context } = contextIn('/');
  const target = s3Target.parse({ type: 's3', bucket: 'plant', endpoint, ...S3_KEYS, ...settings });
  const connection = await connectS3(target, context);
  onTestFinished(() => connection.close());
  return connection;
}

const lines = (body: Buffer | undefined) => (body ?? Buffer.alloc(0)).toString().trimEnd().split('\n');

describe('an S3-compatible store as destination', () => {
  let store: ObjectStore;
  beforeAll(async () => void (store = await startS3()));
  afterAll(() => store[Symbol.asyncDispose]());
  const connect = (settings: Settings = {}) => connectTo(store.endpoint, settings);

  it('keeps a batch in one object, which a repeat takes the place of', async () => {
    const connection = await connect({ object: 'once/{gateway}/{date}/{batch}', compression: 'gzip' });
    const batch = batchOf([{ payload: 1 }, { payload: 2 }]);
    await connection.send(batch);
    await connection.send(batch);
    const objects = [...(await store.objects())].filter(([key]) => key.startsWith('once/'));
    expect(objects.map(([key]) => key)).toEqual([
      expect.stringMatching(/^once\/gateway-1\/2023-11-14\/live-000000000001-000000-[0-9a-f]{8}\.jsonl\.gz$/),
    ]);
    const [[key, body]] = objects as [[string, Buffer]];
    expect(lines(gunzipSync(body))).toEqual(batch.messages.map((message) => message.body));
    expect(await store.contentType(key)).toBe('application/gzip');
  });

  it('sends a large body in parts', async () => {
    const connection = await connect({ object: 'large/{batch}' });
    const noise = Array.from({ length: 12 }, (_, index) => ({ payload: 'x'.repeat(1_000_000) + String(index) }));
    const batch = batchOf(noise);
    await connection.send(batch);
    const [[, body]] = [...(await store.objects())].filter(([key]) => key.startsWith('large/')) as [[string, Buffer]];
    expect(lines(body)).toEqual(batch.messages.map((message) => message.body));
  });

  it('lets no batch take the place of another, though both begin at the same place', async () => {
    const connection = await connect({ object: 'names/{batch}' });
    await connection.send(batchOf([{ payload: 1 }, { payload: 2 }]));
    await connection.send(batchOf([{ payload: 1 }]));
    expect([...(await store.objects()).keys()].filter((key) => key.startsWith('names/'))).toHaveLength(2);
  });

  it('says what is wrong with keys, bucket and address', async () => {
    const code = async (settings: Settings) =>
      (await failureOf(connect(settings).then((connection) => connection.send(batchOf([{ payload: 1 }]))))).code;
    expect(await code({ bucket: 'nowhere' })).toBe('DESTINATION_MISSING');
    expect(await code({ accessKeyId: 'nobody' })).toBe('DESTINATION_REFUSED');
    expect(await code({ endpoint: `http://127.0.0.1:${await freePort()}` })).toBe('DESTINATION_UNREACHABLE');
  });

  it('is tried again over a new connection when the store was away', async () => {
    const connection = await connect({ object: 'away/{batch}' });
    await store.stop();
    const batch = batchOf([{ payload: 1 }]);
    expect(await failureOf(connection.send(batch))).toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
    expect(await failureOf(connect())).toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
    await store.start();
    await (await connect({ object: 'away/{batch}' })).send(batch);
    expect([...(await store.objects()).keys()].filter((key) => key.startsWith('away/'))).toHaveLength(1);
  });
});

describe('what stores answer', () => {
  /** A store that answers every object with this error. */
  async function answering(status: number, code: string, headers: Record<string, string> = {}) {
    const requests: { method: string | undefined; headers: Record<string, unknown> }[] = [];
    const server = createServer((request, response) => {
      requests.push({ method: request.method, headers: request.headers });
      request.resume();
      request.on('end', () => {
        const head = request.method === 'HEAD';
        response.writeHead(head ? 200 : status, { 'content-type': 'application/xml', ...headers });
        response.end(head || code === '' ? '' : `<Error><Code>${code}</Code><Message>so it is</Message></Error>`);
      });
    });
    const port = await listen(server, 0);
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const connection = await connectTo(`http://127.0.0.1:${port}`);
    return { connection, requests };
  }

  it.each([
    [403, 'AccessDenied', 'DESTINATION_FORBIDDEN', 'AccessDenied: so it is'],
    [403, 'InvalidAccessKeyId', 'DESTINATION_REFUSED', 'InvalidAccessKeyId: so it is'],
    [403, 'SignatureDoesNotMatch', 'DESTINATION_REFUSED', 'SignatureDoesNotMatch'],
    [400, 'ExpiredToken', 'DESTINATION_REFUSED', 'ExpiredToken'],
    [403, 'RequestTimeTooSkewed', 'DESTINATION_CLOCK', 'RequestTimeTooSkewed'],
    [503, 'SlowDown', 'DESTINATION_BUSY', 'SlowDown'],
    [500, 'InternalError', 'DESTINATION_BUSY', 'InternalError'],
    [507, 'XMinioStorageFull', 'DESTINATION_FULL', 'XMinioStorageFull'],
    [502, '', 'DESTINATION_BUSY', '502'],
  ])('is told in our words: %i %s', async (status, code, expected, words) => {
    const { connection } = await answering(status, code);
    const failure = await failureOf(connection.send(batchOf([{ payload: 1 }])));
    expect(failure.code).toBe(expected);
    expect(failure.message).toContain(words);
  });

  it('names the region in which the bucket lies', async () => {
    const { connection } = await answering(301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-central-1' });
    const failure = await failureOf(connection.send(batchOf([{ payload: 1 }])));
    expect(failure.code).toBe('DESTINATION_MISSING');
    expect(failure.message).toContain('region eu-central-1');
  });

  it('is refused as a whole where one object is too large, so that the messages are tried singly', async () => {
    const { connection } = await answering(400, 'EntityTooLarge');
    const two = await failureOf(connection.send(batchOf([{ payload: 1 }, { payload: 2 }])));
    expect(two).toMatchObject({ code: 'MESSAGE_REFUSED', refused: 'unknown' });
    expect(await failureOf(connection.send(batchOf([{ payload: 1 }])))).toMatchObject({ refused: [0] });
  });

  it('is not asked for checksums that older stores do not know', async () => {
    const { connection, requests } = await answering(200, '');
    await connection.send(batchOf([{ payload: 1 }]));
    const put = requests.find(({ method }) => method === 'PUT');
    expect(
      Object.keys(put?.headers ?? {}).filter((name) => name.includes('checksum') || name.includes('trailer')),
    ).toEqual([]);
    expect(put?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
  });
});
