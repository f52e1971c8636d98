/** Native parts of packages that somebody installed into the user directory. */
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { MachineProfile } from '../../messages/index.ts';
import { startProcess } from '../../workers/index.ts';

/** More would take long to try. */
const MOST = 40;
const PATIENCE = 10_000;
/** Of a folder that holds one platform's build. */
const PLATFORM =
  /(linux|darwin|win32|android|freebsd|openbsd|sunos|aix|alpine)(musl|glibc)?[-_](x64|arm64|arm|ia32|riscv64|ppc64|s390x)/i;

/** Loads each in a process of its own, which it may end. A package is broken if none of its builds for this platform loads. */
export async function brokenAddons(userDir: string): Promise<MachineProfile['brokenAddons']> {
  const modules = join(userDir, 'node_modules');
  const files = (await addonsBelow(modules)).slice(0, MOST);
  const byPackage = new Map<string, string[]>();
  for (const file of files) {
    const name = packageOf(relative(modules, file));
    byPackage.set(name, [...(byPackage.get(name) ?? []), file]);
  }
  const broken: MachineProfile['brokenAddons'] = [];
  for (const [name, own] of byPackage) {
    let failure: { file: string; reason: string } | undefined;
    for (const file of own) {
      const reason = await load(file);
      if (reason === undefined) {
        failure = undefined;
        break;
      }
      failure = { file, reason };
    }
    if (failure) broken.push({ package: name, ...failure });
  }
  return broken;
}

/** Builds for other platforms, which many packages carry along, are none of ours. */
export function isForHere(path: string, here = `${process.platform}-${process.arch}`): boolean {
  const [named] = PLATFORM.exec(path) ?? [];
  return (
    named === undefined ||
    named
      .replace(/musl|glibc/i, '')
      .replace('_', '-')
      .toLowerCase() === here
  );
}

async function addonsBelow(modules: string): Promise<string[]> {
  if (!(await stat(modules).catch(() => undefined))) return [];
  const entries = await readdir(modules, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.node') && !entry.parentPath.includes(`${sep}obj.target`))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isForHere(relative(modules, file)))
    .sort();
}

/** The innermost package that a file belongs to. */
function packageOf(path: string): string {
  const parts = path.split(sep);
  const at = parts.lastIndexOf('node_modules') + 1;
  const first = parts[at] ?? '';
  return first.startsWith('@') ? `${first}/${parts[at + 1] ?? ''}` : first;
}

/** @returns why it cannot be loaded */
async function load(file: string): Promise<string | undefined> {
  const code = `try { process.dlopen({ exports: {} }, ${JSON.stringify(file)}); process.exit(0) } catch (error) { console.log(error.message.replace(/\\s*\\n\\s*/g, ' ')); process.exit(1) }`;
  const lines: string[] = [];
  const child = await startProcess({
    name: 'native part',
    command: process.execPath,
    args: ['-e', code],
    onLine: (line) => lines.push(line),
  });
  const late = setTimeout(() => void child.end(0), PATIENCE);
  const { code: exit, signal } = await child.ended.finally(() => clearTimeout(late));
  if (exit === 0) return undefined;
  return lines.join(' ').slice(0, 300) || `the process ended that loaded it (${signal ?? `exit code ${exit}`})`;
}
