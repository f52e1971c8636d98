import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

interface S3rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
  readonly httpServer: HttpServer;
}

const Server = createRequire(import.meta.url)('s3rver') as new (options: Readonly<Record<string, unknown>>) => S3rver;

/** The one pair of keys that s3rver knows. */
export const S3_KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export interface ObjectStore extends AsyncDisposable {
  readonly endpoint: string;
  readonly port: number;
  /** The objects of the bucket by their key. */
  objects(): Promise<Map<string, Buffer>>;
  contentType(key: string): Promise<string | undefined>;
  /** As if the machine had been switched off; its disk stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** An S3-compatible store of its own with one bucket, in a temporary directory and on a free port of this machine. */
export async function startS3(bucket = 'plant'): Promise<ObjectStore> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-s3-'));
  let server: S3rver | undefined;
  let port = 0;
  const start = async () => {
    server = new Server({
      ...{ port, address: '127.0.0.1', directory, silent: true, allowMismatchedSignatures: false },
      configureBuckets: [{ name: bucket, configs: [] }],
    });
    ({ port } = await server.run());
  };
  const stop = async () => {
    const closed = server?.close();
    // It would wait for a request of which the rest never comes.
    server?.httpServer.closeAllConnections();
    await closed;
  };
  await start();
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: S3_KEYS });
  const get = (key: string) => client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return {
    endpoint,
    port,
    async objects() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      const found = new Map<string, Buffer>();
      for (const { Key = '' } of Contents) {
        const { Body } = await get(Key);
        found.set(Key, Buffer.from((await Body?.transformToByteArray()) ?? []));
      }
      return found;
    },
    contentType: async (key) => (await get(key)).ContentType,
    stop,
    start,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await stop().catch(() => undefined);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
