import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../base/index.ts';
import {
  deviceKey,
  linkStatement,
  parseRoot,
  proveSecret,
  type Root,
  secretProved,
  type SigningKey,
} from '../../keys/index.ts';
import {
  type GatewayIdentity,
  type PairingCode,
  type PairWelcome,
  pairWelcome,
  readPairingCode,
} from '../../messages/index.ts';
import { changeGatewaySettings } from '../supervisor/gateway-settings.ts';
import { gatewayPaths } from '../supervisor/paths.ts';
import { pinnedRoot, pinRoot } from '../supervisor/pinned-root.ts';
import { askStudio } from './ask.ts';
import { dial, type Dialled } from './dial.ts';
import { errors } from './errors.ts';
import { knownAddresses } from './known-addresses.ts';

export interface PairOptions {
  readonly userDir: string;
  readonly identity: GatewayIdentity;
  /** The line that the studio showed. */
  readonly code: string;
  /** Where another root than the studio's is pinned: which one is to hold. */
  readonly root?: 'keep' | 'replace';
  readonly clock: Clock;
}

export interface Paired {
  /** How the studio's machine is called. */
  readonly studio: string;
  readonly address: string;
}

/**
 * Pairs this gateway with the studio that made the code: both prove that they know its secret, the gateway pins the studio's
 * certificate and root of trust, the studio learns the device's key. A running gateway takes it up by itself.
 *
 * @throws PAIRING_CODE_INVALID, PAIRING_CODE_REFUSED, STUDIO_UNREACHABLE, STUDIO_OTHER_CERTIFICATE, STUDIO_UNPROVED, ROOT_OF_ANOTHER,
 *   GATEWAYS_FULL, GATEWAY_TWICE, PROTOCOL_UNFIT
 */
export async function pairWithStudio(options: PairOptions): Promise<Paired> {
  const code = readPairingCode(options.code);
  if (!code) throw errors.PAIRING_CODE_INVALID({ given: shortened(options.code) });
  const key = await deviceKey(options.userDir);
  const dialled = await dialAny(code);
  try {
    const welcome = await introduce(dialled, code, options.identity, key);
    const pinning = await choosePinning(options, welcome.roots);
    // Whatever keeps this gateway from it was found by now: until it accepts nobody has kept anything.
    await askStudio(dialled.socket, 'accept', z.unknown(), {});
    await keepStudio(options, dialled, welcome, code, pinning);
    return { studio: welcome.studio, address: dialled.address };
  } finally {
    dialled.socket.disconnect();
  }
}

async function keepStudio(
  options: PairOptions,
  { address, fingerprint }: Dialled,
  { studio: name, publicKey, roots, addresses }: PairWelcome,
  code: PairingCode,
  pinning: Pinning,
): Promise<void> {
  const { userDir, clock } = options;
  if (pinning !== 'keep') await pinRoot(userDir, roots, clock.now(), { anew: pinning === 'replace' });
  const studio = {
    ...{ name, fingerprint, paired: clock.now(), ...(publicKey !== undefined && { publicKey }) },
    addresses: knownAddresses(address, addresses, code.addresses),
  };
  await changeGatewaySettings(userDir, { studio });
}

async function dialAny({ addresses, fingerprint }: PairingCode): Promise<Dialled> {
  const failures: unknown[] = [];
  for (const address of addresses) {
    try {
      return await dial(address, {
        accept(shown) {
          if (shown !== fingerprint) throw errors.STUDIO_OTHER_CERTIFICATE({ address, known: fingerprint, shown });
        },
      });
    } catch (error) {
      failures.push(error);
    }
  }
  // Of several what a person can act on: that somebody else answered, or the studio's own words.
  throw failures.find((error) => !isUnreachable(error)) ?? allOf(addresses, failures);
}

const isUnreachable = (error: unknown) => (error as { readonly code?: unknown }).code === 'STUDIO_UNREACHABLE';

function allOf(addresses: readonly string[], failures: readonly unknown[]): unknown {
  if (failures.length === 1) return failures[0];
  const reasons = failures.map((error) => (error instanceof Error ? error.message : String(error)));
  return errors.STUDIO_UNREACHABLE({ addresses: addresses.join(', '), reason: reasons.at(-1) ?? '' });
}

async function introduce(
  { socket, address, challenge, fingerprint }: Dialled,
  { secret }: PairingCode,
  identity: GatewayIdentity,
  key: SigningKey,
): Promise<PairWelcome> {
  const instance = randomBytes(16).toString('base64url');
  const nonce = randomBytes(32).toString('base64url');
  const parts = [challenge.nonce, fingerprint, identity.gateway, key.publicKey, instance];
  const statement = linkStatement('gateway pairs', parts);
  const welcome = await askStudio(socket, 'pair', pairWelcome, {
    ...{ identity, instance, nonce, publicKey: key.publicKey },
    signature: Buffer.from(key.sign(statement)).toString('base64url'),
    proof: proveSecret(secret, statement),
  });
  const expected = linkStatement('studio pairs', [nonce, fingerprint, JSON.stringify(welcome.roots)]);
  if (!secretProved(secret, expected, welcome.proof)) throw errors.STUDIO_UNPROVED({ address });
  return welcome;
}

/** What becomes of the root that is pinned: it is followed to the studio's, stays whatever the studio's is, or gives way to it. */
type Pinning = 'follow' | 'keep' | 'replace';

/** @throws ROOT_OF_ANOTHER, PINNED_ROOT_DAMAGED, and what is wrong with the studio's */
async function choosePinning({ userDir, root: choice }: PairOptions, roots: readonly unknown[]): Promise<Pinning> {
  const before = await pinnedRoot(userDir).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ROOT_UNPINNED') return undefined;
    throw error;
  });
  const theirs = before !== undefined && !roots.map(parseRoot).some((root) => isSame(root, before));
  if (!theirs) return 'follow';
  if (choice === undefined) throw errors.ROOT_OF_ANOTHER({ file: gatewayPaths(userDir).root });
  return choice;
}

const isSame = (a: Root, b: Root) => JSON.stringify(a) === JSON.stringify(b);

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
