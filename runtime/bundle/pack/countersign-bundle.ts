import { addSignature, parseEnvelope, type SigningKey } from '../../keys/index.ts';
import { statedRelease } from '../accept/verify-release.ts';
import { errors } from '../errors.ts';
import { RELEASE_FILE } from '../names.ts';
import { parseRelease } from '../read/parse-release.ts';
import { canonicalText } from '../sorted-json.ts';
import { writeTar } from '../tar/write-tar.ts';
import { openPacked } from './open-packed.ts';
import type { SignedRelease } from './sign-bundle.ts';

export interface CountersignOptions {
  readonly keys: readonly SigningKey[];
  /** What the bundle is called in errors: its file. */
  readonly source?: string;
}

/**
 * Adds signatures to the release that a bundle has, where several must sign. Version, expiry and group stay as the first who
 * signed has said them.
 *
 * @param bundle the bytes of a signed `.mrb`
 * @throws RELEASE_UNSIGNED, RELEASE_TAMPERED where what is signed is not this bundle, ENVELOPE_INVALID, and what is wrong with the bundle
 */
export function countersignBundle(
  bundle: Uint8Array,
  { keys, source = 'the bundle' }: CountersignOptions,
): SignedRelease & { readonly bytes: Uint8Array } {
  const { first, files, release: signed, ...described } = openPacked(source, bundle);
  const unsigned = () => errors.RELEASE_UNSIGNED({ name: described.manifest.name });
  if (!signed) throw unsigned();
  const held = parseEnvelope(parseRelease(source, Buffer.from(signed.bytes).toString()));
  const release = statedRelease({ ...described, envelope: held });
  if (!release) throw unsigned();
  const envelope = keys.reduce(addSignature, held);
  const last = { path: RELEASE_FILE, bytes: Buffer.from(canonicalText(envelope)) };
  return { release, envelope, bytes: writeTar([first, ...files, last]) };
}

/**
 * By which keys a bundle says that it is signed: nobody has verified that.
 *
 * @returns their ids; undefined where it is not signed
 * @throws as `countersignBundle`
 */
export function statedSigners(bundle: Uint8Array, source = 'the bundle'): readonly string[] | undefined {
  const { release } = openPacked(source, bundle);
  if (!release) return undefined;
  return parseEnvelope(parseRelease(source, Buffer.from(release.bytes).toString())).signatures.map(
    ({ keyid }) => keyid,
  );
}
