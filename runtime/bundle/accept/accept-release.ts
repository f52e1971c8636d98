import { errors } from '../errors.ts';
import type { AcceptanceRules, Bundle, Release } from '../types.ts';
import { isOlderVersion } from './version.ts';
import { verifyRelease } from './verify-release.ts';

/**
 * Whether a bundle may be put on this gateway: it is signed by enough of the release keys that the root names, and made for this
 * gateway, now, and no earlier release than the newest that was ever accepted. Works without a network.
 *
 * Where the clock says a time before the release was signed it is wrong, as that of a device without a battery is after a
 * power cut: expiry is then not judged. Versions still are, so that nobody can turn a gateway back with it.
 *
 * @throws RELEASE_UNSIGNED, RELEASE_TAMPERED, SIGNER_UNKNOWN, SIGNATURES_TOO_FEW, BUNDLE_FORMAT_NEWER, RUNTIME_TOO_OLD,
 *   ARCHITECTURE_UNFIT, RELEASE_FOREIGN, RELEASE_OLDER, RELEASE_EXPIRED
 */
export function acceptRelease(bundle: Bundle, rules: AcceptanceRules): Release {
  const release = verifyRelease(bundle, rules.root);
  const { name, runtime: needs, architectures } = release.manifest;
  const { version, group, issued, expires } = release;
  if (isOlderVersion(rules.runtime, needs)) throw errors.RUNTIME_TOO_OLD({ name, needs, here: rules.runtime });
  if (!architectures.includes('any') && !architectures.includes(rules.architecture)) {
    throw errors.ARCHITECTURE_UNFIT({ name, architectures, here: rules.architecture });
  }
  if (group !== 'any' && group !== rules.group) throw errors.RELEASE_FOREIGN({ name, group, here: rules.group });
  const { newest } = rules;
  if (newest && (version < newest.version || (version === newest.version && bundle.digest !== newest.digest))) {
    throw errors.RELEASE_OLDER({ name, version, newest: newest.version });
  }
  if (rules.now >= issued && rules.now >= expires) throw errors.RELEASE_EXPIRED({ name, expires, now: rules.now });
  return release;
}
