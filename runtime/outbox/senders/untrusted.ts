import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';

const CA = 'Put the certificate of the authority (CA) that signed it into the target, as PEM text.';
const DATES = 'Renew it at the destination. If it is in order there, set the clock of this machine.';
const NAME = 'Use in the address the name that the certificate is made out to.';

/** What OpenSSL and Node say of a certificate that they do not trust, and what to do. */
const ADVICE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: CA,
  SELF_SIGNED_CERT_IN_CHAIN: CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CA,
  UNABLE_TO_GET_ISSUER_CERT: CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CA,
  CERT_SIGNATURE_FAILURE: CA,
  INVALID_CA: CA,
  CERT_HAS_EXPIRED: DATES,
  CERT_NOT_YET_VALID: DATES,
  CERT_REVOKED: DATES,
  ERR_TLS_CERT_ALTNAME_INVALID: NAME,
  HOSTNAME_MISMATCH: NAME,
};

/** DESTINATION_UNTRUSTED, if that is what was thrown. */
export function untrusted(thrown: unknown, address: string): MillraceError | undefined {
  const { code, message } = (thrown ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const advice = ADVICE[String(code)];
  if (advice === undefined) return undefined;
  return errors.DESTINATION_UNTRUSTED({ address, reason: String(message), advice }, { cause: thrown });
}
