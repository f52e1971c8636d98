/** The licences of what a bundle contains travel with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { palettePackage } from './paths.ts';

const FILE = join(palettePackage, 'THIRD-PARTY-LICENCES.txt');

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/** Adds the licences of the packages whose modules went into `bundle` to the package's list. */
export async function collectLicences(bundle: string, modules: readonly string[]): Promise<void> {
  const directories = new Set(modules.map(packageDirectory).filter((found) => found !== undefined));
  const sections = [...directories].sort().map((directory) => {
    const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
    const file = readdirSync(directory).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file
      ? readFileSync(join(directory, file), 'utf8').trim()
      : `License: ${manifest.license ?? 'unknown'}`;
    return `## ${manifest.name ?? ''} ${manifest.version ?? ''} (in ${bundle})\n\n${text}\n`;
  });
  const before = existsSync(FILE) ? `${await readFile(FILE, 'utf8')}\n` : '';
  await writeFile(FILE, before + sections.join('\n'));
}

function packageDirectory(module: string): string | undefined {
  const path = module.replace(/^\0/, '').replace(/\?.*$/, '');
  if (!path.includes('/node_modules/')) return undefined;
  for (let at = dirname(path); at.includes('/node_modules/'); at = dirname(at)) {
    const file = join(at, 'package.json');
    if (!existsSync(file)) continue;
    // Some packages have a package.json in a folder too, to say what kind of modules lie there.
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    if (name !== undefined && version !== undefined) return at;
  }
  return undefined;
}
