import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleBoardWorker, bundleEditor } from './bundles.ts';
import { compile } from './compile.ts';
import { copyFlows } from './flows.ts';
import { gatherRooms } from './gather.ts';
import { writeManifests } from './manifests.ts';
import { readNodeFolders } from './node-folders.ts';
import { writePalette } from './palette.ts';
import { dist, palettePackage, studioPackage } from './paths.ts';
import { pruneBundled } from './prune.ts';
import type { Report } from './report.ts';
import { slimZod } from './slim-zod.ts';
import { spreadRooms } from './rooms.ts';
import { isStale, sourceDigest, stamp } from './stale.ts';

/**
 * Builds both packages, as they are published, into dist/.
 *
 * @throws {BuildError} with the path of what is missing or wrong
 */
export async function buildAll(report: Report): Promise<void> {
  const digest = await sourceDigest();
  const folders = await readNodeFolders();
  report(`  compiling (${folders.length} nodes)`);
  await compile();
  await rm(join(dist, 'built'), { force: true });
  await rm(palettePackage, { recursive: true, force: true });
  await rm(studioPackage, { recursive: true, force: true });
  await spreadRooms();
  await writePalette(folders);
  await copyFlows();
  report('  bundling the editor and the board worker');
  await bundleEditor(folders);
  await bundleBoardWorker();
  await pruneBundled(['board-worker.js']);
  await slimZod();
  await writeManifests();
  report('  gathering modules');
  await gatherRooms();
  await link();
  await stamp(digest);
}

/** Builds if the sources have changed since the last build. @returns whether it built */
export async function buildIfStale(report: Report): Promise<boolean> {
  if (!(await isStale())) return false;
  report('Building what is out of date …');
  const started = performance.now();
  await buildAll(report);
  report(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  return true;
}

/** The studio finds the palette package as it will when both are installed. */
async function link(): Promise<void> {
  const modules = join(dist, 'node_modules');
  await mkdir(modules, { recursive: true });
  await rm(join(modules, 'millrace'), { force: true });
  await symlink('../millrace', join(modules, 'millrace'), 'dir');
}
