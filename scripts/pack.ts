// npm run pack: the two published packages as tarballs in dist/packages/.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dist, palettePackage, studioPackage } from './build/paths.ts';

const run = promisify(execFile);
const packages = join(dist, 'packages');

await mkdir(packages, { recursive: true });
for (const directory of [palettePackage, studioPackage]) {
  const { stdout } = await run('npm', ['pack', '--pack-destination', packages, '--json'], { cwd: directory });
  const described: unknown = JSON.parse(stdout);
  const [tarball] = Object.values(described as Record<string, { filename: string; size: number }>);
  if (tarball) console.log(`${join(packages, tarball.filename)}  ${(tarball.size / 1024).toFixed(0)} kB`);
}
