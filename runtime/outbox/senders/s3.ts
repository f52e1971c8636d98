import type { S3Target } from '../schema.ts';
import { documentName, encodeBatch, type EncodedDocument } from './document/index.ts';
import { explainS3, isTooLarge } from './s3/answers.ts';
import { clientConfig } from './s3/client-config.ts';
import { loadLibrary } from './load-library.ts';
import { errors } from '../errors.ts';
import { type Connection, MessagesRefused, type Sender } from './sender.ts';

/** One object. */
const BATCH = { messages: 100_000, bytes: 32 * 1024 * 1024 };

/** A larger body goes in parts, so that a slow link has less to send again. The least that the protocol has is 5 MiB. */
const PART = 8 * 1024 * 1024;
const PARTS_AT_A_TIME = 2;

const PACKED = { gzip: 'application/gzip', zstd: 'application/zstd' } as const;

/**
 * An S3-compatible object store, an object each batch. A batch counts as sent when PutObject or CompleteMultipartUpload is
 * answered; sent again, it takes its own place.
 */
export const connectS3: Sender<S3Target> = async (target, { gateway, destination, clock, signal, wire }) => {
  const address = `${target.endpoint || 's3'}/${target.bucket}`;
  const { S3Client, HeadBucketCommand, PutObjectCommand } = await loadLibrary(
    '@aws-sdk/client-s3',
    () => import('@aws-sdk/client-s3'),
  );
  const client = new S3Client(clientConfig(target));
  const over = new AbortController();
  const told = <T>(work: Promise<T>): Promise<T> =>
    clock.hold(work).catch((error: unknown) => {
      throw explainS3(error, address, clock.now());
    });

  try {
    await told(
      client.send(new HeadBucketCommand({ Bucket: target.bucket }), { abortSignal: signal }).catch((error: unknown) => {
        // Whoever may only put objects is told nothing of the bucket; what is wrong with a key, the first object tells.
        if (statusOf(error) !== 403) throw error;
      }),
    );
  } catch (error) {
    client.destroy();
    throw error;
  }

  const put = async (name: string, { body, contentType, contentEncoding }: EncodedDocument) => {
    const object = {
      Bucket: target.bucket,
      Key: name,
      Body: body,
      // As its name says, and no Content-Encoding: some stores would unpack the object for who asks for it.
      ContentType: contentEncoding ? PACKED[contentEncoding] : contentType,
    };
    if (body.byteLength <= PART) {
      await client.send(new PutObjectCommand(object), { abortSignal: over.signal });
      return;
    }
    const { Upload } = await loadLibrary('@aws-sdk/lib-storage', () => import('@aws-sdk/lib-storage'));
    const upload = new Upload({
      ...{ client, params: object, partSize: PART, queueSize: PARTS_AT_A_TIME },
      abortController: over,
    });
    await upload.done();
  };

  const connection: Connection = {
    most: BATCH,
    window: 1,
    async send(batch) {
      const document = await clock.hold(encodeBatch(batch, { ...target, gateway }));
      const name = documentName(target.object, batch, { gateway, destination }, document);
      wire?.(batch, document.body.byteLength);
      try {
        await clock.hold(put(name, document));
      } catch (error) {
        const reason = explainS3(error, address, clock.now());
        if (!isTooLarge(error)) throw reason;
        throw new MessagesRefused(
          errors.MESSAGE_REFUSED({ address, reason: reason.message }, { cause: error }),
          batch.messages.length === 1 ? [0] : undefined,
        );
      }
    },
    close() {
      over.abort();
      client.destroy();
      return Promise.resolve();
    },
  };
  return connection;
};

const statusOf = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
