/**
 * A studio in this process, and a gateway that is paired with it in a process of its own, as its user starts it: what deploys
 * send over the line between the two, and what the supervisor takes.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../runtime/base/index.ts';
import type { PackedBundle } from '../../runtime/bundle/index.ts';
import { createGateways, type Gateways } from '../../runtime/gateways/index.ts';
import { readPairingCode, writePairingCode } from '../../runtime/messages/index.ts';
import { gatewayIdentity, gatewayPaths, pairWithStudio } from '../../runtime/rollout/index.ts';
import { countedLine } from './counted-line.ts';
import { residentMegabytes } from './resident.ts';

/** Minutes that a bundle is watched. */
const PROBATION = '0.1';
/** After the first deploy, before memory is read, ms. */
const SETTLE = 8_000;

export interface WholeGateway {
  /** What the gateway trusts: the envelope of its root. */
  readonly root: string;
  /** As a `.mrb` that the gateway accepts. */
  sign(bundle: PackedBundle): Promise<Uint8Array>;
  /** One after the other: bytes on the line until the gateway has each whole. */
  deploy(bundles: Readonly<Record<string, PackedBundle>>): Promise<Deployed>;
  close(): Promise<void>;
}

export interface Deployed {
  readonly bytes: Readonly<Record<string, number>>;
  /** MB resident, with the first bundle running. */
  readonly supervisor: number;
}

/** @param command `millrace` as it is built */
export async function wholeGateway(scratch: string, command: string): Promise<WholeGateway> {
  const [directory, userDir] = [join(scratch, 'studio'), join(scratch, 'gateway')];
  await mkdir(userDir);
  const warn = (error: unknown) => console.error(error);
  const where = { host: '127.0.0.1', port: 0, tls: undefined, name: 'bench' };
  const studio = await createGateways({ directory, ...where, clock: systemClock, warn });
  const pairing = readPairingCode((await studio.pair()).code);
  if (!pairing) throw new Error('the studio gave no pairing code');
  const line = await countedLine(Number(pairing.addresses[0]?.split(':').at(-1)));
  const code = writePairingCode({ ...pairing, addresses: [`127.0.0.1:${line.port}`] });
  const identity = await gatewayIdentity(userDir, '0.1.0');
  await pairWithStudio({ userDir, identity, code, clock: systemClock });
  const signed = ({ bytes, digest }: PackedBundle) => studio.sign({ bytes, digest }, 'any');
  return {
    root: await readFile(gatewayPaths(userDir).root, 'utf8'),
    sign: async (bundle) => (await signed(bundle)).bytes,
    async deploy(bundles) {
      const args = ['gateway', 'start', '--allow-root', '--user-dir', userDir, '--probation', PROBATION];
      const child = spawn(process.execPath, [command, ...args], { stdio: 'ignore' });
      const ended = new Promise((done) => child.once('exit', done));
      try {
        const bytes: Record<string, number> = {};
        let supervisor: number | undefined;
        await changed(studio, () => studio.connected(identity.gateway));
        for (const [name, bundle] of Object.entries(bundles)) {
          const before = line.bytes();
          await studio.deploy(identity.gateway, await signed(bundle));
          await inPhase(studio, ['gateway', 'done', 'failed']);
          bytes[name] = line.bytes() - before;
          await inPhase(studio, ['done', 'failed']);
          if (supervisor !== undefined) continue;
          await systemClock.sleep(SETTLE);
          supervisor = await residentMegabytes(child.pid);
        }
        return { bytes, supervisor: supervisor ?? NaN };
      } finally {
        child.kill('SIGTERM');
        await ended;
      }
    },
    async close() {
      await studio.close();
      line.close();
    },
  };
}

const inPhase = (studio: Gateways, phases: readonly string[]) =>
  changed(studio, () => {
    const deploy = studio.list().gateways[0]?.deploy;
    if (deploy?.phase === 'failed') throw new Error(`the gateway refused: ${deploy.problem?.message}`);
    return phases.includes(deploy?.phase ?? '');
  });

/** Resolves when it is so. */
async function changed(studio: Gateways, is: () => boolean): Promise<void> {
  while (!is()) {
    await new Promise<void>((resolve) => {
      const end = studio.onChange(() => {
        end();
        resolve();
      });
    });
  }
}
