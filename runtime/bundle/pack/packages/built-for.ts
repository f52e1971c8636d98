import type { TarEntry } from '../../tar/write-tar.ts';
import type { PackageManifest } from './package-tree.ts';

/** ELF's `e_machine`, Mach-O's `cputype`, PE's `Machine`, by what Node calls them. */
const ELF: Readonly<Record<number, string>> = {
  0x03: 'ia32',
  0x28: 'arm',
  0x3e: 'x64',
  0xb7: 'arm64',
  0xf3: 'riscv64',
};
const MACH: Readonly<Record<number, string>> = { 0x01000007: 'x64', 0x0100000c: 'arm64' };
const PE: Readonly<Record<number, string>> = { 0x14c: 'ia32', 0x8664: 'x64', 0xaa64: 'arm64' };

/**
 * For which platforms a package was built, as `linux-arm64`: told by its native modules themselves, or by what it says of
 * itself. Nothing: it runs everywhere.
 */
export function builtFor({ os, cpu }: PackageManifest, files: readonly TarEntry[]): ReadonlySet<string> | undefined {
  const modules = files.filter(({ path }) => path.endsWith('.node'));
  if (modules.length > 0) return new Set(modules.flatMap(({ bytes }) => platformsOf(Buffer.from(bytes))));
  const named = (list: readonly string[] = []) => list.filter((each) => !each.startsWith('!') && each !== 'any');
  const [systems, processors] = [named(os), named(cpu)];
  // `os` alone says what it is made for, not what it holds: most such packages are plain JavaScript.
  if (systems.length === 0 || processors.length === 0) return undefined;
  return new Set(systems.flatMap((system) => processors.map((processor) => `${system}-${processor}`)));
}

function platformsOf(file: Buffer): string[] {
  if (file.length < 64) return [];
  const named = (system: string, processor: string | undefined) =>
    processor === undefined ? [] : [`${system}-${processor}`];
  const magic = file.readUInt32BE(0);
  if (magic === 0x7f454c46) return named('linux', ELF[file.readUInt16LE(18)]);
  if (magic === 0xcffaedfe) return named('darwin', MACH[file.readUInt32LE(4)]);
  // One file for several processors.
  if (magic === 0xcafebabe) {
    const count = Math.min(file.readUInt32BE(4), 8);
    const types = Array.from({ length: count }, (_, i) => 8 + i * 20).filter((at) => at + 4 <= file.length);
    return types.flatMap((at) => named('darwin', MACH[file.readUInt32BE(at)]));
  }
  if (file.toString('latin1', 0, 2) === 'MZ') {
    const at = file.readUInt32LE(60);
    return at + 6 <= file.length ? named('win32', PE[file.readUInt16LE(at + 4)]) : [];
  }
  return [];
}
