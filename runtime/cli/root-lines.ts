import type { Envelope, Role, Root } from '../keys/index.ts';
import { signersOf } from '../keys/index.ts';
import { columns } from './columns.ts';
import { showCount } from './data-lines.ts';
import { showExpiry } from './expiry.ts';

/** Whether enough keys of a role have signed, and which. */
export interface SignedBy {
  readonly signed: readonly string[];
  readonly needed: number;
  readonly enough: boolean;
}

/** What there is to say of a root: by its own keys, and by those of the one before it where that is given. */
export interface RootSheet {
  readonly version: number;
  /** ISO 8601 */
  readonly expires: string;
  readonly roles: Root['roles'];
  readonly own: SignedBy;
  readonly before?: SignedBy;
  /** Whether a gateway would take it. */
  readonly complete: boolean;
}

export function rootSheet(root: Root, envelope: Envelope, before?: Root): RootSheet {
  const own = signedBy(envelope, root.roles.root);
  const old = before && signedBy(envelope, before.roles.root);
  return {
    version: root.version,
    expires: new Date(root.expires).toISOString(),
    roles: root.roles,
    own,
    ...(old && { before: old }),
    complete: own.enough && (old?.enough ?? true),
  };
}

function signedBy(envelope: Envelope, role: Role): SignedBy {
  const signed = signersOf(envelope, role).valid;
  return { signed, needed: role.threshold, enough: signed.length >= role.threshold };
}

/** For people. A key goes by the first 16 digits of its id. */
export function rootLines({ version, expires, roles, own, before }: RootSheet): string[] {
  const rows = (['root', 'release'] as const).flatMap((name) =>
    roles[name].keys.map(({ id }, i) => [
      i === 0 ? `${name} keys` : '',
      i === 0 ? `${roles[name].threshold} of ${roles[name].keys.length}` : '',
      id.slice(0, 16),
      name === 'root' && own.signed.includes(id) ? 'has signed' : '',
    ]),
  );
  return [
    `root version ${version}, until ${showExpiry(Date.parse(expires))}`,
    ...columns(rows).map((line) => `  ${line}`),
    `  signed by ${own.signed.length} of its own keys, ${own.needed} needed`,
    ...(before
      ? [`  signed by ${showCount(before.signed.length, 'key')} of the root before it, ${before.needed} needed`]
      : []),
  ];
}
