/** What a studio is to its gateways: a certificate, a root of trust, and the key that it signs releases with. Made at first use. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../base/index.ts';
import {
  type Envelope,
  fingerprintOf,
  makeCertificate,
  makeRoot,
  makeSecretFile,
  makeSigningKey,
  parseRoot,
  readSecretFile,
  readSigningKey,
  type SigningKey,
} from '../keys/index.ts';
import { errors } from './errors.ts';

const DAY = 86_400_000;
/** As long as anybody will run it: who knows a certificate by its fingerprint gains nothing from a new one. */
const LIFE = 3_650;

export interface StudioKeys {
  readonly certificate: { readonly cert: string; readonly key: string };
  readonly fingerprint: string;
  /** May say that another certificate is this studio's too. */
  readonly root: SigningKey;
  readonly release: SigningKey;
  /** Envelopes, oldest first. */
  readonly roots: readonly Envelope[];
}

/**
 * Reads what a studio is, and makes what it lacks.
 *
 * @param tls a certificate of the operator's own, in place of one that the studio makes
 * @throws STUDIO_FILE_DAMAGED, and the errors of key files
 */
export async function openStudioKeys(
  directory: string,
  tls: StudioKeys['certificate'] | undefined,
  clock: Clock,
): Promise<StudioKeys> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const root = await keyIn(join(directory, 'root.key'));
  const release = await keyIn(join(directory, 'release.key'));
  const certificate = tls ?? (await ownCertificate(directory, clock));
  const roots = await rootsIn(join(directory, 'roots'), root, release, clock);
  return { certificate, fingerprint: fingerprintOf(certificate.cert), root, release, roots };
}

const keyIn = (file: string): Promise<SigningKey> => (existsSync(file) ? readSigningKey(file) : makeSigningKey(file));

async function ownCertificate(directory: string, clock: Clock): Promise<StudioKeys['certificate']> {
  // Both in one file: a crash leaves both or none.
  const file = join(directory, 'certificate.json');
  const kept = await readSecretFile(file);
  if (kept === undefined) {
    const made = await makeCertificate({ names: [hostname(), 'localhost'], days: LIFE, now: clock.now() });
    await makeSecretFile(file, `${JSON.stringify({ format: 1, ...made }, undefined, 2)}\n`);
    return made;
  }
  try {
    const { format, cert, key } = JSON.parse(kept) as Record<string, unknown>;
    if (format !== 1 || typeof cert !== 'string' || typeof key !== 'string') throw new Error('not of format 1');
    fingerprintOf(cert);
    return { cert, key };
  } catch (cause) {
    throw errors.STUDIO_FILE_DAMAGED({ file, reason: (cause as Error).message }, { cause });
  }
}

/** `1.json`, `2.json` …: whoever rotates the studio's keys puts the next one there. */
async function rootsIn(
  directory: string,
  root: SigningKey,
  release: SigningKey,
  clock: Clock,
): Promise<readonly Envelope[]> {
  const first = join(directory, '1.json');
  if (!existsSync(first)) {
    const roles = {
      root: { threshold: 1, keys: [{ id: root.id, publicKey: root.publicKey }] },
      release: { threshold: 1, keys: [{ id: release.id, publicKey: release.publicKey }] },
    };
    const envelope = makeRoot({ version: 1, expires: clock.now() + LIFE * DAY, roles }, [root]);
    await makeSecretFile(first, `${JSON.stringify(envelope, undefined, 2)}\n`);
  }
  const names = (await readdir(directory)).filter((name) => /^[1-9]\d{0,5}\.json$/.test(name));
  names.sort((a, b) => parseInt(a) - parseInt(b));
  return await Promise.all(
    names.map(async (name) => {
      const file = join(directory, name);
      try {
        const envelope = JSON.parse(await readFile(file, 'utf8')) as Envelope;
        parseRoot(envelope);
        return envelope;
      } catch (cause) {
        throw errors.STUDIO_FILE_DAMAGED({ file, reason: (cause as Error).message }, { cause });
      }
    }),
  );
}
