/** Encrypted connections: whom we trust, who we are, and what went wrong in words that a person can act on. */
import { getCACertificates } from 'node:tls';
import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { untrusted } from './untrusted.ts';

interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** Of `tls.connect` and everything built on it. The authority that is given is trusted beside the usual ones. */
export function tlsOptions({ ca, certificate, privateKey }: Certificates) {
  return {
    ...(ca !== '' && { ca: [...getCACertificates('default'), ca] }),
    ...(certificate !== '' && { cert: certificate, key: privateKey }),
  };
}

/** TLS alerts by which a server turns our own certificate down, or asks for one. @see RFC 8446, 6.2 */
const ALERTS: readonly (readonly [RegExp, string])[] = [
  [/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/, 'it wants a client certificate'],
  [/CERTIFICATE_EXPIRED/, 'our certificate has expired'],
  [/CERTIFICATE_REVOKED/, 'our certificate was revoked'],
  [/UNKNOWN_CA/, 'it does not know the authority of our certificate'],
  [
    /BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|DECRYPT_ERROR/,
    'it does not accept our certificate',
  ],
];

/**
 * Why there is no connection: DESTINATION_UNTRUSTED, DESTINATION_REFUSED where our certificate was turned down, else
 * DESTINATION_UNREACHABLE.
 */
export function connectionError(address: string, thrown: unknown): MillraceError {
  const certificate = untrusted(thrown, address);
  if (certificate) return certificate;
  const options = { cause: thrown };
  const { code } = (thrown ?? {}) as { code?: unknown };
  const [, alert] = (/ALERT/.test(String(code)) && ALERTS.find(([name]) => name.test(String(code)))) || [];
  if (alert !== undefined) return errors.DESTINATION_REFUSED({ address, reason: alert }, options);
  const plain = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(String(code));
  return errors.DESTINATION_UNREACHABLE(
    { address, reason: plain ? 'it does not speak TLS at this port' : reasonOf(thrown) },
    options,
  );
}

/** Where a name has several addresses Node reports all failures together, with an empty message. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(reasonOf).join('; ');
  return thrown instanceof Error ? thrown.message : String(thrown);
}
