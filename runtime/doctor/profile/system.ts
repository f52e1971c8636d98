import { access, readdir } from 'node:fs/promises';
import { release, type } from 'node:os';
import { join } from 'node:path';
import type { MachineProfile } from '../../messages/index.ts';
import { textOf } from './text-of.ts';

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** What the machine is, and how it fares. */
export async function systemProfile(): Promise<MachineProfile['system']> {
  const [systemd, container, temperature, undervoltage] = await Promise.all([
    there('/run/systemd/system'),
    inContainer(),
    hottest(),
    voltage(),
  ]);
  const libc = libcOf();
  return {
    platform: process.platform,
    architecture: process.arch,
    ...(libc !== undefined && { libc }),
    name: await systemName(),
    kernel: release(),
    systemd,
    container,
    ...(temperature !== undefined && { temperature }),
    ...(undervoltage && { undervoltage }),
  };
}

async function systemName(): Promise<string> {
  const [, name] = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(await textOf('/etc/os-release')) ?? [];
  return name ?? type();
}

/** Node.js names the glibc that it runs with; another C library has none. */
function libcOf(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  // Otherwise the report resolves the names of all peers first.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = process.report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime === undefined ? 'musl' : `glibc ${header.glibcVersionRuntime}`;
}

async function inContainer(): Promise<boolean> {
  if ((await there('/.dockerenv')) || (await there('/run/.containerenv'))) return true;
  const groups = await textOf('/proc/1/cgroup');
  return /docker|kubepods|containerd|lxc/.test(groups);
}

/** °C */
async function hottest(): Promise<number | undefined> {
  const zones = await readdir('/sys/class/thermal').catch(() => []);
  const degrees = await Promise.all(
    zones
      .filter((name) => name.startsWith('thermal_zone'))
      .map(async (name) => Number((await textOf(join('/sys/class/thermal', name, 'temp'))) || NaN) / 1000),
  );
  const known = degrees.filter((value) => Number.isFinite(value));
  return known.length === 0 ? undefined : Math.max(...known);
}

/** A Raspberry Pi counts what its supply does: bit 0 is now, bit 16 since the start. */
async function voltage(): Promise<'now' | 'before' | 'never' | undefined> {
  const text = await textOf('/sys/devices/platform/soc/soc:firmware/get_throttled');
  if (!/^[0-9a-f]+$/i.test(text)) return undefined;
  const bits = Number.parseInt(text, 16);
  if ((bits & 1) !== 0) return 'now';
  return (bits & (1 << 16)) === 0 ? 'never' : 'before';
}
