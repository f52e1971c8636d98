/** Roots of trust: which keys may sign releases, and which may say so. */
import { z } from 'zod';
import { errors } from '../errors.ts';
import { parseEnvelope, payloadOf, signEnvelope } from './envelope.ts';
import { idOf, verifyingKey } from './key.ts';
import type { Envelope, Role, Root, SigningKey } from './types.ts';
import { verifyEnvelope } from './verify.ts';

/** Of the DSSE envelope. */
export const ROOT_TYPE = 'application/vnd.millrace.root+json';

/** Of a root. */
const FORMAT = 1;

/** More keys than any firm has people who sign. */
const MOST_KEYS = 32;

const role = z.object({
  threshold: z.number().int().min(1).max(MOST_KEYS),
  keys: z
    .array(z.object({ id: z.string(), publicKey: z.string() }))
    .min(1)
    .max(MOST_KEYS),
});

/** Its order is that of the signed text. */
const rootSchema = z.object({
  format: z.literal(FORMAT),
  type: z.literal('millrace-root'),
  version: z.number().int().min(1),
  expires: z.number().positive(),
  roles: z.object({ root: role, release: role }),
});

/** What a root says; format and type are its own. */
export type RootContent = Pick<Root, 'version' | 'expires' | 'roles'>;

/**
 * A root, signed by `keys`. Where its threshold asks for more, others add theirs (`addSignature`): it is none until then.
 *
 * @throws ROOT_INVALID if a role names a key twice, one that is none, or asks for more signatures than it has keys
 */
export function makeRoot(content: RootContent, keys: readonly SigningKey[]): Envelope {
  const root = checked({ format: FORMAT, type: 'millrace-root', ...content });
  return signEnvelope(ROOT_TYPE, Buffer.from(JSON.stringify(root)), keys);
}

/**
 * Opens a root that enough of its own root keys have signed: what a gateway pins.
 *
 * @param envelope what was read as JSON
 * @throws ROOT_INVALID, and what `verifyEnvelope` throws
 */
export function parseRoot(envelope: unknown): Root {
  const root = readRoot(envelope);
  verifyEnvelope(envelope, { payloadType: ROOT_TYPE, role: root.roles.root, what: `root version ${root.version}` });
  return root;
}

/**
 * Reads a root without looking at its signatures: to show it, or to add one. Trust nothing that it says.
 *
 * @throws ENVELOPE_INVALID, ROOT_INVALID
 */
export function readRoot(envelope: unknown): Root {
  const held = parseEnvelope(envelope);
  if (held.payloadType !== ROOT_TYPE) {
    throw errors.ENVELOPE_INVALID({ reason: `it holds ${held.payloadType}, ${ROOT_TYPE} was expected` });
  }
  try {
    return checked(JSON.parse(payloadOf(held).toString()));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw errors.ROOT_INVALID({ reason: 'it is no JSON' }, { cause });
    throw cause;
  }
}

function checked(value: unknown): Root {
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > FORMAT) {
    throw errors.ROOT_INVALID({ reason: `it has format ${format}, this Millrace knows ${FORMAT}` });
  }
  const held = rootSchema.safeParse(value);
  if (!held.success) {
    const [issue] = held.error.issues;
    throw errors.ROOT_INVALID({ reason: `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not as expected'}` });
  }
  for (const [name, role] of Object.entries(held.data.roles)) checkRole(name, role);
  return held.data;
}

function checkRole(name: string, { threshold, keys }: Role): void {
  const ids = keys.map(({ publicKey }) => idOf(verifyingKey(publicKey)));
  const renamed = keys.find(({ id }, i) => id !== ids[i]);
  if (renamed) throw errors.ROOT_INVALID({ reason: `in the role "${name}" the key ${renamed.id} has another id` });
  if (new Set(ids).size < ids.length) throw errors.ROOT_INVALID({ reason: `the role "${name}" names a key twice` });
  if (threshold > keys.length) {
    throw errors.ROOT_INVALID({
      reason: `the role "${name}" needs ${threshold} signatures and has ${keys.length} keys`,
    });
  }
}
