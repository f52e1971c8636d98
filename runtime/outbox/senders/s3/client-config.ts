import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Target } from '../../schema.ts';

/** Until there is a connection, ms. */
const CONNECT_TIMEOUT = 10_000;

/** Without a byte in either direction, ms. */
const SOCKET_TIMEOUT = 30_000;

export function clientConfig(target: S3Target): S3ClientConfig {
  const { endpoint, region, pathStyle, accessKeyId, secretAccessKey } = target;
  return {
    region,
    ...(endpoint !== '' && { endpoint }),
    forcePathStyle: pathStyle,
    // Without keys the machine's own: its variables, its role, the files of the AWS command.
    ...(accessKeyId !== '' && { credentials: { accessKeyId, secretAccessKey } }),
    // Other stores know none of the newer checksums; a body is signed with its SHA-256 either way.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // The second attempt knows the store's clock, by which it corrects ours. The outbox does the rest.
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT, socketTimeout: SOCKET_TIMEOUT },
  };
}
