/** DSSE: what is signed, and the envelope that holds it with its signatures. */
import { z } from 'zod';
import { errors } from '../errors.ts';
import type { Envelope, SigningKey } from './types.ts';

/** More signatures than anybody collects, few enough to be tried against every key. */
const MOST_SIGNATURES = 32;

/** Both alphabets, as DSSE asks of who reads. */
const base64 = z.string().regex(/^[\w+/-]*={0,2}$/, 'no base64');

const envelopeSchema = z.object({
  payloadType: z.string().min(1).max(200),
  payload: base64,
  signatures: z.array(z.object({ keyid: z.string().max(200).default(''), sig: base64 })).max(MOST_SIGNATURES),
});

/**
 * The pre-authentication encoding: what the signatures are made of. Its lengths keep two different pairs of type and payload
 * from having the same bytes.
 *
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 *
 * @example
 * new TextDecoder().decode(preAuthEncoding('text/plain', new TextEncoder().encode('hello'))); // 'DSSEv1 10 text/plain 5 hello'
 */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** An envelope around `payload`, signed by each of `keys`. */
export function signEnvelope(payloadType: string, payload: Uint8Array, keys: readonly SigningKey[]): Envelope {
  const unsigned: Envelope = { payloadType, payload: Buffer.from(payload).toString('base64'), signatures: [] };
  return keys.reduce(addSignature, unsigned);
}

/** The envelope with one more signature. A signature that this key made before is replaced. */
export function addSignature(envelope: Envelope, key: SigningKey): Envelope {
  const signed = preAuthEncoding(envelope.payloadType, payloadOf(envelope));
  const sig = Buffer.from(key.sign(signed)).toString('base64');
  const others = envelope.signatures.filter(({ keyid }) => keyid !== key.id);
  return { ...envelope, signatures: [...others, { keyid: key.id, sig }] };
}

/** What the envelope holds. Not yet verified. */
export const payloadOf = ({ payload }: Envelope): Buffer => Buffer.from(payload, 'base64');

/** Takes what was read as JSON for an envelope. @throws ENVELOPE_INVALID */
export function parseEnvelope(value: unknown): Envelope {
  const held = envelopeSchema.safeParse(value);
  if (held.success) return held.data;
  const [issue] = held.error.issues;
  throw errors.ENVELOPE_INVALID({ reason: `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not as expected'}` });
}
