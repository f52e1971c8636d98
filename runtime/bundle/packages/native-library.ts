/** What machine a shared library was built for, read off its first bytes. */

/** As Node.js names them: `linux-arm64`. `linux` also stands for other systems that load ELF. */
export type MachineName = string;

/** ELF e_machine → process.arch. @see System V ABI, "ELF Header" */
const ELF: Readonly<Record<number, string>> = {
  0x03: 'ia32',
  0x08: 'mips',
  0x14: 'ppc',
  0x15: 'ppc64',
  0x16: 's390x',
  0x28: 'arm',
  0x3e: 'x64',
  0xb7: 'arm64',
  0xf3: 'riscv64',
  0x102: 'loong64',
};

/** Mach-O cputype → process.arch. @see mach/machine.h */
const MACH: Readonly<Record<number, string>> = { 0x01000007: 'x64', 0x0100000c: 'arm64', 0x07: 'ia32', 0x0c: 'arm' };

/** PE Machine → process.arch. @see Microsoft, "PE Format", Machine Types */
const PE: Readonly<Record<number, string>> = { 0x8664: 'x64', 0xaa64: 'arm64', 0x014c: 'ia32', 0x01c4: 'arm' };

/** Enough of a library for `machinesOf`. */
export const LIBRARY_HEAD = 4096;

/**
 * @param head the first bytes of the file; `LIBRARY_HEAD` are enough
 * @returns several of a Mach-O file for several; none where it is no library at all
 *
 * @example
 * machinesOf(Buffer.from('not a library')); // []
 */
export function machinesOf(head: Buffer): MachineName[] {
  if (head.byteLength < 20) return [];
  if (head.toString('latin1', 0, 4) === '\u007fELF') {
    const machine = head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18);
    return [`linux-${ELF[machine] ?? `elf-${machine}`}`];
  }
  const magic = head.readUInt32BE(0);
  if (magic === 0xcffaedfe || magic === 0xcefaedfe) return [mach(head.readUInt32LE(4))];
  if (magic === 0xcafebabe) return fat(head);
  if (head.toString('latin1', 0, 2) === 'MZ' && head.byteLength >= 64) return portable(head);
  return [];
}

const mach = (type: number): string => `darwin-${MACH[type] ?? `mach-${type}`}`;

/** Several Mach-O files in one. */
function fat(head: Buffer): string[] {
  const count = head.readUInt32BE(4);
  // A class file of Java begins alike; its version stands here.
  if (count > 20) return [];
  const starts = Array.from({ length: count }, (_, i) => 8 + i * 20).filter((at) => at + 4 <= head.byteLength);
  return starts.map((at) => mach(head.readUInt32BE(at)));
}

function portable(head: Buffer): string[] {
  const at = head.readUInt32LE(60);
  if (at + 6 > head.byteLength || head.toString('latin1', at, at + 4) !== 'PE\0\0') return [];
  const machine = head.readUInt16LE(at + 4);
  return [`win32-${PE[machine] ?? `pe-${machine}`}`];
}
