import { randomBytes } from 'node:crypto';
import { linkStatement, type Root, statementSigned } from '../../keys/index.ts';
import { linkProof } from '../../messages/index.ts';
import { askStudio } from './ask.ts';
import type { Dialled } from './dial.ts';

/**
 * Whether a studio that shows another certificate is the known one all the same, such as after its operator's certificate was
 * renewed: a root key that the gateway trusts has then signed the new certificate's fingerprint and the gateway's fresh number. Who
 * merely stands between the two gets the studio's signature for another certificate than its own.
 */
export async function isSameStudio({ socket, fingerprint }: Dialled, { roles }: Root): Promise<boolean> {
  // Where several must sign a root, one of them does not speak for all.
  if (roles.root.threshold > 1) return false;
  const nonce = randomBytes(32).toString('base64url');
  const { keyid, signature } = await askStudio(socket, 'prove', linkProof, { nonce });
  const key = roles.root.keys.find(({ id }) => id === keyid);
  const statement = linkStatement('studio has another certificate', [nonce, fingerprint]);
  return key !== undefined && statementSigned(key.publicKey, statement, signature);
}
