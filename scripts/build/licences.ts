/** The licences of what a bundle contains travel with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The package that a module belongs to: the folder below the last `node_modules`. */
function packageDirectory(module: string): string | undefined {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];
}
