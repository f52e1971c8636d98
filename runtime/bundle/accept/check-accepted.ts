import { asMillraceError } from '../../base/index.ts';
import type { Root } from '../../keys/index.ts';
import { errors } from '../errors.ts';
import type { Bundle } from '../types.ts';
import { statedRelease, verifyRelease } from './verify-release.ts';

interface Accepted {
  /** Of the bundle that was accepted. */
  readonly digest?: string;
  readonly root?: Root;
}

/**
 * Whether a bundle that was accepted once is still what it was: its description, and the signature of it. Whether it has
 * expired, and whether its signers may still sign, was asked when it came: what runs goes on running.
 *
 * @throws BUNDLE_ALTERED, RELEASE_UNSIGNED, RELEASE_TAMPERED; without a digest also SIGNER_UNKNOWN, SIGNATURES_TOO_FEW
 */
export function checkAccepted(bundle: Bundle & { readonly source: string }, { digest, root }: Accepted): void {
  if (digest !== undefined && digest !== bundle.digest) {
    throw errors.BUNDLE_ALTERED({ bundle: bundle.source, problem: 'it is not the bundle that was accepted here' });
  }
  statedRelease(bundle);
  if (!root) return;
  try {
    verifyRelease(bundle, root);
  } catch (error) {
    const isOfOthers = ['SIGNER_UNKNOWN', 'SIGNATURES_TOO_FEW'].includes(asMillraceError(error).code);
    // The root that follows may name other keys.
    if (!isOfOthers || digest === undefined) throw error;
  }
}
