import { systemClock } from '../../../base/index.ts';
import { s3Target } from '../../schema.ts';
import { loadLibrary } from '../load-library.ts';
import { explainS3 } from './answers.ts';
import { clientConfig } from './client-config.ts';

interface Place {
  readonly bucket: string;
  /** What the objects' names begin with. */
  readonly prefix: string;
  readonly endpoint: string;
  readonly region: string;
}

/** The objects in a bucket, in order; the machine's own keys open it. @throws the coded errors of a store */
export async function* objectsIn({ prefix, ...place }: Place) {
  const { S3Client, GetObjectCommand, ListObjectsV2Command } = await loadLibrary(
    '@aws-sdk/client-s3',
    () => import('@aws-sdk/client-s3'),
  );
  const target = s3Target.parse({ type: 's3', ...place });
  const address = `${target.endpoint || 's3'}/${target.bucket}`;
  const client = new S3Client(clientConfig(target));
  const told = (error: unknown) => {
    throw explainS3(error, address, systemClock.now());
  };
  try {
    let ContinuationToken: string | undefined;
    do {
      const list = new ListObjectsV2Command({
        Bucket: target.bucket,
        Prefix: prefix,
        ...(ContinuationToken !== undefined && { ContinuationToken }),
      });
      const { Contents = [], NextContinuationToken } = await client.send(list).catch(told);
      for (const { Key = '' } of Contents) {
        const read = async () => {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: target.bucket, Key })).catch(told);
          return (await Body?.transformToByteArray()) ?? new Uint8Array();
        };
        yield { path: Key, read };
      }
      ContinuationToken = NextContinuationToken;
    } while (ContinuationToken !== undefined);
  } finally {
    client.destroy();
  }
}
