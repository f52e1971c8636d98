import { randomBytes } from 'node:crypto';
import { linkStatement, type Root, statementSigned } from '../../keys/index.ts';
import { linkProof } from '../../messages/index.ts';
import { askStudio } from './ask.ts';
import type { Dialled } from './dial.ts';

/** Who may say that a certificate is the studio's. */
export interface StudioKnown {
  /** The studio's own key, as it came with the pairing: it speaks for the line alone, and for no bundle. */
  readonly publicKey: string | undefined;
  /** The pinned root, which may be a firm's. */
  readonly root: Root | undefined;
}

/**
 * Whether a studio that shows another certificate is the known one all the same, such as after its operator's certificate was
 * renewed: its own key, or a root key that the gateway trusts, has then signed the new certificate's fingerprint and the gateway's
 * fresh number. Who merely stands between the two gets the studio's signature for another certificate than its own.
 */
export async function isSameStudio(
  { socket, fingerprint }: Dialled,
  { publicKey, root }: StudioKnown,
): Promise<boolean> {
  // Where several must sign a root, one of them does not speak for all.
  const keys = root && root.roles.root.threshold === 1 ? root.roles.root.keys : [];
  if (publicKey === undefined && keys.length === 0) return false;
  const nonce = randomBytes(32).toString('base64url');
  const { keyid, signature } = await askStudio(socket, 'prove', linkProof, { nonce });
  const statement = linkStatement('studio has another certificate', [nonce, fingerprint]);
  const known = [publicKey, keys.find(({ id }) => id === keyid)?.publicKey];
  return known.some((key) => key !== undefined && statementSigned(key, statement, signature));
}
