import { MillraceError } from '../../../base/index.ts';
import { errors } from '../../errors.ts';
import { untrusted } from '../untrusted.ts';

type Told = (values: { address: string; reason: string }, options: { cause: unknown }) => MillraceError;

/**
 * What the stores' answers mean, by their code.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const ANSWERS: Readonly<Record<string, Told>> = {
  InvalidAccessKeyId: errors.DESTINATION_REFUSED,
  SignatureDoesNotMatch: errors.DESTINATION_REFUSED,
  ExpiredToken: errors.DESTINATION_REFUSED,
  InvalidToken: errors.DESTINATION_REFUSED,
  CredentialsProviderError: errors.DESTINATION_REFUSED,
  AccessDenied: errors.DESTINATION_FORBIDDEN,
  AllAccessDisabled: errors.DESTINATION_FORBIDDEN,
  AccountProblem: errors.DESTINATION_FORBIDDEN,
  NoSuchBucket: errors.DESTINATION_MISSING,
  InvalidBucketName: errors.DESTINATION_MISSING,
  PermanentRedirect: errors.DESTINATION_MISSING,
  AuthorizationHeaderMalformed: errors.DESTINATION_MISSING,
  IllegalLocationConstraintException: errors.DESTINATION_MISSING,
  QuotaExceeded: errors.DESTINATION_FULL,
  XMinioStorageFull: errors.DESTINATION_FULL,
  XMinioAdminBucketQuotaExceeded: errors.DESTINATION_FULL,
};

/** What an answer without a code means, by its status: that to HEAD has no body. */
const STATUSES: Readonly<Record<number, Told>> = {
  301: errors.DESTINATION_MISSING,
  307: errors.DESTINATION_BUSY,
  400: errors.DESTINATION_REFUSED,
  401: errors.DESTINATION_REFUSED,
  403: errors.DESTINATION_FORBIDDEN,
  404: errors.DESTINATION_MISSING,
  429: errors.DESTINATION_BUSY,
  507: errors.DESTINATION_FULL,
};

interface Answer {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

export const isTooLarge = (thrown: unknown) =>
  /^(EntityTooLarge|MaxMessageLengthExceeded)$/.test(answerOf(thrown).name ?? '');

/** What went wrong, in words that a person can act on. */
export function explainS3(thrown: unknown, address: string, now: number): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  const certificate = untrusted(thrown, address);
  if (certificate) return certificate;
  const answer = answerOf(thrown);
  const { name = '' } = answer;
  const status = answer.$metadata?.httpStatusCode;
  const reason = reasonOf(answer);
  if (name === 'RequestTimeTooSkewed' || name === 'RequestExpired') {
    return errors.DESTINATION_CLOCK({ address, reason, here: new Date(now).toISOString() }, { cause: thrown });
  }
  const told = ANSWERS[name] ?? (status === undefined ? undefined : (STATUSES[status] ?? errors.DESTINATION_BUSY));
  return (told ?? errors.DESTINATION_UNREACHABLE)({ address, reason }, { cause: thrown });
}

function reasonOf({ name = '', message = '', code = '', $metadata, $response }: Answer): string {
  const region = $response?.headers?.['x-amz-bucket-region'];
  if (region !== undefined && ($metadata?.httpStatusCode === 301 || name === 'AuthorizationHeaderMalformed')) {
    return `the bucket lies in the region ${region}: put that into the target`;
  }
  if ($metadata?.httpStatusCode === 404 && name !== 'NoSuchKey') return 'there is no such bucket';
  // The library calls an answer without a code by these names, and says nothing more.
  const said = [name, message].filter((part) => part !== '' && !/^(Error|Unknown|UnknownError)$/.test(part));
  const told = [...new Set(said)].join(': ');
  return told || code || `status ${$metadata?.httpStatusCode ?? 'unknown'}`;
}

const answerOf = (thrown: unknown) => (thrown ?? {}) as Answer;
