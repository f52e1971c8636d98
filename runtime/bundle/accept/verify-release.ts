import { asMillraceError } from '../../base/index.ts';
import { type Root, verifyEnvelope } from '../../keys/index.ts';
import { errors } from '../errors.ts';
import { releaseSchema } from '../manifest-schema.ts';
import { BUNDLE_FORMAT, RELEASE_TYPE } from '../names.ts';
import { canonicalText } from '../sorted-json.ts';
import type { Bundle, Release } from '../types.ts';

/**
 * The release that enough of the root's release keys have signed, of exactly this bundle.
 *
 * @throws RELEASE_UNSIGNED, RELEASE_TAMPERED, SIGNER_UNKNOWN, SIGNATURES_TOO_FEW, BUNDLE_FORMAT_NEWER
 */
export function verifyRelease(bundle: Bundle, root: Root): Release {
  const { name } = bundle.manifest;
  return parseSigned(bundle, openEnvelope(bundle, root, name));
}

/**
 * What a bundle says of its release, whoever signed it: to be shown, never to be trusted.
 *
 * @returns undefined where it is not signed
 * @throws RELEASE_TAMPERED, BUNDLE_FORMAT_NEWER
 */
export function statedRelease(bundle: Bundle): Release | undefined {
  return bundle.envelope && parseSigned(bundle, Buffer.from(bundle.envelope.payload, 'base64'));
}

function openEnvelope({ envelope }: Bundle, { roles }: Root, name: string): Uint8Array {
  try {
    const what = `the bundle "${name}"`;
    return verifyEnvelope(envelope, { payloadType: RELEASE_TYPE, role: roles.release, what });
  } catch (error) {
    const { code, message } = asMillraceError(error);
    if (code === 'SIGNATURE_MISSING') throw errors.RELEASE_UNSIGNED({ name }, { cause: error });
    if (code !== 'SIGNATURE_INVALID' && code !== 'ENVELOPE_INVALID') throw error;
    throw errors.RELEASE_TAMPERED({ name, reason: message }, { cause: error });
  }
}

function parseSigned({ manifest, text }: Bundle, payload: Uint8Array): Release {
  const { name } = manifest;
  const tampered = (reason: string) => errors.RELEASE_TAMPERED({ name, reason });
  const value = parseJson(payload) as { readonly format?: unknown; readonly manifest?: unknown } | undefined | null;
  const format = value?.format;
  if (typeof format === 'number' && format > BUNDLE_FORMAT) {
    throw errors.BUNDLE_FORMAT_NEWER({ bundle: name, format, known: BUNDLE_FORMAT });
  }
  const result = releaseSchema.safeParse(value);
  if (!result.success) throw tampered('what is signed is no release');
  // Of the value as it stands: a field that this version does not know is signed too.
  if (canonicalText(value?.manifest) !== text) throw tampered('what is signed is another bundle');
  return result.data;
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}
