import { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { parseEnvelope } from './envelope.ts';
import { readRoot, ROOT_TYPE } from './root.ts';
import type { Envelope, Root } from './types.ts';
import { verifyEnvelope } from './verify.ts';

/** What is trusted after newer roots were followed. */
export interface FollowedRoot {
  readonly root: Root;
  /** Of the root, where it is a newer one: to be kept in place of the pinned. */
  readonly envelope?: Envelope;
  /** It expired: what it trusts goes on being trusted, but somebody should rotate it. */
  readonly expired: boolean;
}

/**
 * Goes from the root that is trusted to newer ones, one version after the other. Each must be signed by enough root keys of
 * the one before it, and by enough of its own: whoever holds the old keys says who holds the new ones, and these are there.
 * What is not newer than the pinned one is passed over.
 *
 * @param newer envelopes as they were read, in any order
 * @param now   ms since the epoch
 * @throws ROOT_NOT_FOLLOWED; ROOT_INVALID, ENVELOPE_INVALID where one cannot be read and no other could be followed; the pinned
 *   root then stays
 * @see https://theupdateframework.github.io/specification/latest/#update-root
 */
export function followRoots(pinned: Root, newer: readonly unknown[], now: number): FollowedRoot {
  let unreadable: Error | undefined;
  const waiting = newer
    .flatMap((envelope) => {
      try {
        return [{ envelope: parseEnvelope(envelope), root: readRoot(envelope) }];
      } catch (error) {
        unreadable ??= error as Error;
        return [];
      }
    })
    .filter(({ root }) => root.version > pinned.version)
    .sort((a, b) => a.root.version - b.root.version);
  let trusted: { root: Root; envelope?: Envelope } = { root: pinned };
  for (const next of waiting) {
    // Two of one version: the first that was followed stays.
    if (next.root.version === trusted.root.version) continue;
    checkFollows(trusted.root, next);
    trusted = next;
  }
  // One that nobody can read keeps nobody from following the others.
  if (unreadable && !trusted.envelope) throw unreadable;
  return { ...trusted, expired: trusted.root.expires <= now };
}

function checkFollows(before: Root, { root, envelope }: { root: Root; envelope: Envelope }): void {
  const from = before.version;
  const to = root.version;
  if (to !== from + 1) {
    const missing =
      to === from + 2 ? `version ${from + 1} is missing` : `versions ${from + 1} to ${to - 1} are missing`;
    throw errors.ROOT_NOT_FOLLOWED({ from, to, reason: missing });
  }
  const signers = [
    { by: 'the keys before it', role: before.roles.root },
    { by: 'its own keys', role: root.roles.root },
  ];
  for (const { by, role } of signers) {
    try {
      verifyEnvelope(envelope, { payloadType: ROOT_TYPE, role, what: 'it' });
    } catch (cause) {
      if (!(cause instanceof MillraceError)) throw cause;
      throw errors.ROOT_NOT_FOLLOWED({ from, to, reason: `by ${by}, ${cause.message}` }, { cause });
    }
  }
}
