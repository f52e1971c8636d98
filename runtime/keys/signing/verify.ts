import { type KeyObject, verify } from 'node:crypto';
import { errors } from '../errors.ts';
import { parseEnvelope, payloadOf, preAuthEncoding } from './envelope.ts';
import { idOf, verifyingKey } from './key.ts';
import type { Envelope, Role } from './types.ts';

export interface VerifyOptions {
  readonly payloadType: string;
  /** Who must have signed. */
  readonly role: Role;
  /** What is verified, for the errors: `the bundle pump.mrb`. */
  readonly what?: string;
}

/** Which keys signed an envelope, by their ids. */
export interface Signers {
  /** Of the role, with a signature that fits. */
  readonly valid: readonly string[];
  /** Of the role, with a signature that does not. */
  readonly wrong: readonly string[];
  /** Of none of the role's keys, as they call themselves. */
  readonly unknown: readonly string[];
}

/**
 * Opens an envelope that enough different keys of the role have signed. A signature of another key, or one that does not fit,
 * does no harm where there are enough that do.
 *
 * @param envelope what was read as JSON; undefined where there is none
 * @returns the payload: exactly the bytes that are signed
 * @throws SIGNATURE_MISSING, ENVELOPE_INVALID, SIGNATURE_INVALID, SIGNER_UNKNOWN, SIGNATURES_TOO_FEW
 */
export function verifyEnvelope(envelope: unknown, { payloadType, role, what = 'it' }: VerifyOptions): Uint8Array {
  if (envelope === undefined || envelope === null) throw errors.SIGNATURE_MISSING({ what });
  const held = parseEnvelope(envelope);
  if (held.payloadType !== payloadType) {
    throw errors.ENVELOPE_INVALID({ reason: `it holds ${held.payloadType}, ${payloadType} was expected` });
  }
  if (held.signatures.length === 0) throw errors.SIGNATURE_MISSING({ what });
  const { valid, wrong, unknown } = signersOf(held, role);
  if (valid.length >= role.threshold && valid.length > 0) return payloadOf(held);
  if (wrong.length > 0) throw errors.SIGNATURE_INVALID({ what, keys: wrong });
  if (valid.length === 0) {
    throw errors.SIGNER_UNKNOWN({ what, keys: unknown, trusted: role.keys.map(({ id }) => id) });
  }
  throw errors.SIGNATURES_TOO_FEW({ what, valid: valid.length, threshold: role.threshold });
}

/** Who of a role signed the envelope. A key counts once, however often it stands in the role or signed. */
export function signersOf(envelope: Envelope, role: Role): Signers {
  const keys = new Map(role.keys.map(({ publicKey }) => keyed(verifyingKey(publicKey))));
  const signed = preAuthEncoding(envelope.payloadType, payloadOf(envelope));
  const fits = (id: string, sig: string) => verify(null, signed, keys.get(id) as KeyObject, Buffer.from(sig, 'base64'));
  const valid = new Set<string>();
  const wrong = new Set<string>();
  const unknown = new Set<string>();
  for (const { keyid, sig } of envelope.signatures) {
    // The id only says which key to try; where there is none every key is tried.
    const found = keyid === '' ? [...keys.keys()].find((id) => fits(id, sig)) : keyid;
    if (found === undefined || !keys.has(found)) unknown.add(found ?? 'without an id');
    else (fits(found, sig) ? valid : wrong).add(found);
  }
  return { valid: [...valid], wrong: [...wrong].filter((id) => !valid.has(id)), unknown: [...unknown] };
}

const keyed = (key: KeyObject): [string, KeyObject] => [idOf(key), key];
