import { randomBytes } from 'node:crypto';
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

/** ms that a studio is waited for which is not paired with after all. */
const UNPAIRED = 5_000;

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
    try {
      await keepStudio(options, dialled, welcome, code);
    } catch (error) {
      await unpair(dialled);
      throw error;
    }
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
): Promise<void> {
  await pin(options, roots);
  const studio = {
    ...{ name, fingerprint, paired: options.clock.now(), ...(publicKey !== undefined && { publicKey }) },
    addresses: knownAddresses(address, addresses, code.addresses),
  };
  await changeGatewaySettings(options.userDir, { studio });
}

/** The studio has taken it on already: it forgets that, and its code is good again. */
async function unpair({ socket }: Dialled): Promise<void> {
  // What it has not heard shows there as a gateway that never came, and a new code is asked for.
  await socket
    .timeout(UNPAIRED)
    .emitWithAck('unpair', {})
    .catch(() => undefined);
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

async function pin({ userDir, root: choice, clock }: PairOptions, roots: readonly unknown[]): Promise<void> {
  const file = gatewayPaths(userDir).root;
  const before = await pinnedRoot(userDir).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ROOT_UNPINNED') return undefined;
    throw error;
  });
  const theirs = before !== undefined && !roots.map(parseRoot).some((root) => isSame(root, before));
  if (theirs && choice === undefined) throw errors.ROOT_OF_ANOTHER({ file });
  if (theirs && choice === 'keep') return;
  await pinRoot(userDir, roots, clock.now(), { anew: theirs });
}

const isSame = (a: Root, b: Root) => JSON.stringify(a) === JSON.stringify(b);

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
