/** What an HTTP server's answer means for a batch. @see RFC 9110, 15 */
import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http';
import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { HttpsTarget } from '../schema.ts';
import { addressOf } from './address.ts';
import { MessagesRefused, RetryLater } from './sender.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of its body. */
  readonly text: string;
}

const SIGN_IN = new Set([401, 407]);
const FORBIDDEN = 403;
const FULL = 507;
const MISSING = new Set([404, 405, 410]);

/** The body is at fault: it is too large, of the wrong kind, or says something wrong. */
const NEVER = new Set([400, 413, 415, 422]);

/** What a server asks for is believed up to here, ms: a wrong date must not end the sending. */
const LONGEST = 3_600_000;

/** Of what the server says about it, characters. */
const SAYING = 200;

/** Why the batch was not taken; `undefined` if it was. */
export function answerError(target: HttpsTarget, answer: Answer, now: number): Error | undefined {
  const { status, headers } = answer;
  const address = addressOf(target);
  if (status >= 200 && status < 300) return undefined;
  const reason = describe(target, answer);
  if (SIGN_IN.has(status)) return errors.DESTINATION_REFUSED({ address, reason });
  if (status === FORBIDDEN) return errors.DESTINATION_FORBIDDEN({ address, reason });
  if (status === FULL) return errors.DESTINATION_FULL({ address, reason });
  if (MISSING.has(status)) return errors.DESTINATION_MISSING({ address, reason });
  // Where it lies now is for a person to decide: a batch, and a token, are not sent to whom somebody names.
  if (status >= 300 && status < 400) {
    const place = addressOf({ ...target, url: headers.location ?? 'nowhere' });
    return errors.DESTINATION_MISSING({ address, reason: `${reason} and points to ${place}` });
  }
  if (NEVER.has(status)) return new MessagesRefused(errors.MESSAGE_REFUSED({ address, reason }));
  return later(errors.DESTINATION_BUSY({ address, reason }), headers['retry-after'], now);
}

/** @see RFC 9110, 10.2.3: seconds, or a date */
function later(error: MillraceError, retryAfter: string | undefined, now: number): MillraceError {
  if (retryAfter === undefined) return error;
  const after = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  if (!(after > 0)) return error;
  return new RetryLater(error, Math.min(after, LONGEST));
}

function describe(target: HttpsTarget, { status, text }: Answer): string {
  const said = withoutSecrets(target, text)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, SAYING);
  return [`it answers ${status}`, STATUS_CODES[status], said && `(${said})`].filter(Boolean).join(' ');
}

/** Servers like to repeat what they were sent. */
function withoutSecrets({ token, username, password, headers, url }: HttpsTarget, text: string): string {
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const query = [...new URL(url).searchParams.values()];
  const secrets = [token, password, basic, ...Object.values(headers), ...query];
  return secrets.filter((secret) => secret.length > 3).reduce((left, secret) => left.replaceAll(secret, '***'), text);
}
