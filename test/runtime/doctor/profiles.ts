/** A gateway on which all is well, to be changed. */
import type { BundleNeeds } from '../../../runtime/bundle/index.ts';
import type { MachineProfile } from '../../../runtime/messages/index.ts';

export const WELL: MachineProfile = {
  format: 1,
  measured: Date.UTC(2026, 10, 22),
  millrace: '0.1.0',
  node: { version: '24.21.0', abi: '137', least: '22.15', path: '/usr/bin/node', heapBytes: 2e9 },
  system: {
    platform: 'linux',
    architecture: 'arm64',
    libc: 'glibc 2.36',
    name: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.12.0',
    systemd: true,
    container: false,
    temperature: 51,
    undervoltage: 'never',
  },
  cpu: { model: 'Raspberry Pi 4 Model B', cores: 4 },
  memory: { totalBytes: 4e9, availableBytes: 3e9, ownBytes: 0 },
  user: { name: 'millrace', root: false, groups: ['dialout', 'millrace'], files: 65_536 },
  userDir: { path: '/var/lib/millrace', exists: true, foreign: [], readable: [] },
  disk: { kind: 'ext4', totalBytes: 30e9, freeBytes: 20e9, freeFiles: 1e6, readOnly: false, syncs: 400 },
  tiers: {
    compiled: { works: true, bytes: 10e6, micro: { dense: 10, trees: 8 } },
    native: { works: true, bytes: 40e6, micro: { dense: 60, trees: 70 } },
    wasm: { works: true, bytes: 90e6, micro: { dense: 150, trees: 120 } },
  },
  startMs: 120,
  boards: [],
  serial: {
    ports: [
      {
        ...{ port: '/dev/serial/by-id/usb-Arduino', label: 'Arduino Uno (ttyACM0)', stable: true },
        others: ['/dev/pump-board', '/dev/ttyACM0'],
      },
    ],
  },
  clock: { synchronised: true },
  ports: [{ port: 22, own: false }],
  brokenAddons: [],
  nodeTypes: ['inject', 'infer', 'board'],
  settings: ['CLOUD_HOST'],
  foreignLibraryBytes: 0,
};

type Change<T> = { readonly [K in keyof T]?: T[K] extends object ? Change<T[K]> : T[K] };

/** What is given, and all else as on a gateway that is well. */
export function changed(change: Change<MachineProfile>): MachineProfile {
  return merge(WELL, change) as MachineProfile;
}

function merge(base: unknown, change: unknown): unknown {
  if (typeof base !== 'object' || base === null || Array.isArray(change) || typeof change !== 'object') return change;
  const all = { ...base } as Record<string, unknown>;
  for (const [key, value] of Object.entries(change ?? {})) all[key] = merge(all[key], value);
  return all;
}

const DIGEST = 'a'.repeat(64);

/** A small flow with a model of trees. */
export const NEEDS: BundleNeeds = {
  nodeTypes: ['inject', 'infer'],
  models: [{ name: 'pump-health', digest: DIGEST, bytes: 40_000, compiled: true, rate: 2 }],
  nativeLibraries: [],
  diskBytes: 2e6,
  boards: [],
  ports: [],
  allowed: [],
};
