/** Encrypted connections: whom we trust, who we are, and what went wrong in words that a person can act on. */
import { getCACertificates } from 'node:tls';
import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';

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

const AUTHORITY =
  'Put the certificate of the authority that signed it (PEM) into the target, as "ca". Trust it only if you know it.';

/** What makes a server's certificate worthless, by OpenSSL's and Node's codes. */
const UNTRUSTED: Readonly<Record<string, readonly [reason: string, todo: string]>> = {
  CERT_HAS_EXPIRED: ['it has expired', 'Renew it at the destination; if it is still valid, set the clock of this machine.'],
  CERT_NOT_YET_VALID: ['it is not valid yet', 'Set the clock of this machine: it is probably slow.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'it is for another name',
    'Use the name in the target’s address for which the certificate was made.',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: ['its authority is unknown here', AUTHORITY],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['it is signed by itself', AUTHORITY],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its authority is unknown here', AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT: ['its authority is unknown here', AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['its authority is unknown here', AUTHORITY],
  CERT_REVOKED: ['it was revoked', 'Renew it at the destination.'],
  INVALID_CA: ['it names an authority that may not sign', AUTHORITY],
  CERT_SIGNATURE_FAILURE: ['its signature is wrong', AUTHORITY],
};

/** TLS alerts by which a server turns our own certificate down, or asks for one. @see RFC 8446, 6.2 */
const ALERTS: readonly (readonly [RegExp, string])[] = [
  [/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/, 'it wants a client certificate'],
  [/CERTIFICATE_EXPIRED/, 'our certificate has expired'],
  [/CERTIFICATE_REVOKED/, 'our certificate was revoked'],
  [/UNKNOWN_CA/, 'it does not know the authority of our certificate'],
  [/BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|DECRYPT_ERROR/, 'it does not accept our certificate'],
];

/**
 * Why there is no connection: DESTINATION_UNTRUSTED, DESTINATION_REFUSED where our certificate was turned down, else
 * DESTINATION_UNREACHABLE.
 */
export function connectionError(address: string, thrown: unknown): MillraceError {
  const options = { cause: thrown };
  const code = codeOf(thrown);
  const [reason, todo] = UNTRUSTED[code] ?? [];
  if (reason !== undefined && todo !== undefined) {
    const detail = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? `${reason}: ${namesOf(thrown)}` : reason;
    return errors.DESTINATION_UNTRUSTED({ address, reason: detail, todo }, options);
  }
  const [, alert] = (/ALERT/.test(code) && ALERTS.find(([name]) => name.test(code))) || [];
  if (alert !== undefined) return errors.DESTINATION_REFUSED({ address, reason: alert }, options);
  const plain = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code);
  return errors.DESTINATION_UNREACHABLE(
    { address, reason: plain ? 'it does not speak TLS at this port' : reasonOf(thrown) },
    options,
  );
}

function codeOf(thrown: unknown): string {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

const namesOf = (thrown: unknown): string =>
  ((thrown as { cert?: { subjectaltname?: string } }).cert?.subjectaltname ?? 'none').slice(0, 200);

/** Where a name has several addresses Node reports all failures together, with an empty message. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(reasonOf).join('; ');
  return thrown instanceof Error ? thrown.message : String(thrown);
}
