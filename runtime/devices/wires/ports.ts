import { constants } from 'node:fs';
import { access, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SerialPorts } from '../../messages/index.ts';

/** Where Linux names what is plugged in by its maker and serial number. */
const BY_ID = '/dev/serial/by-id';

/** The serial ports that something is plugged into now, those with a stable name first. */
export async function listPorts(): Promise<SerialPorts['ports']> {
  // Loaded only where somebody looks: it opens a native library.
  const { SerialPort } = await import('serialport');
  const [found, names] = await Promise.all([SerialPort.list(), stableNames()]);
  const real = found.filter(({ path, vendorId, pnpId }) => names.has(path) || vendorId !== undefined || pnpId);
  const ports = await Promise.all(
    real.map(async ({ path, manufacturer }) => {
      const stable = names.get(path);
      const problem = await problemOf(path);
      return {
        port: stable ?? path,
        label: `${manufacturer ?? 'Serial port'} (${basename(path)})`,
        stable: stable !== undefined,
        ...(problem !== undefined && { problem }),
      };
    }),
  );
  return ports.sort((a, b) => Number(b.stable) - Number(a.stable) || a.port.localeCompare(b.port));
}

/** By the name that the system gives anew each time: the one that stays. */
async function stableNames(): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(BY_ID).catch(() => []);
  const pairs = await Promise.all(
    names.map(async (name) => {
      const link = join(BY_ID, name);
      return [await realpath(link).catch(() => ''), link] as const;
    }),
  );
  return new Map(pairs.filter(([path]) => path !== ''));
}

async function problemOf(path: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return 'This user may not open it: add the user to the group that owns the port (mostly "dialout"), then sign in again.';
  }
}
