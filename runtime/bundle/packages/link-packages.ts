import { mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/index.ts';
import { MODULES_FOLDER } from '../names.ts';
import { canonicalText } from '../sorted-json.ts';
import type { OpenBundle } from '../types.ts';

/**
 * Makes a folder look like one in which somebody has installed the bundle's packages by name: Node-RED takes what package.json
 * does not name for a dependency, and loads it in no function node. On a disk that is full a folder that is right already will do.
 *
 * @param bundle   read from a folder, its packages installed there
 * @param folder   of nobody else
 * @returns the folder
 */
export async function linkPackages({ manifest, source }: OpenBundle, folder: string): Promise<string> {
  const named = manifest.packages.filter(({ name, path }) => path === `${MODULES_FOLDER}/${name}`);
  const dependencies = Object.fromEntries(named.map(({ name, version }) => [name, version]));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await putText(join(folder, 'package.json'), canonicalText({ private: true, dependencies }));
  await putLink(join(folder, MODULES_FOLDER), join(source, MODULES_FOLDER));
  return folder;
}

async function putText(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) await writeFile(file, text, { mode: 0o600 });
}

async function putLink(link: string, target: string): Promise<void> {
  if ((await readlink(link).catch(() => undefined)) === target) return;
  const draft = `${link}.${newId()}`;
  // Windows lets everybody make junctions, and only administrators other links.
  await symlink(target, draft, 'junction');
  try {
    // Windows puts nothing in the place of a folder.
    if (process.platform === 'win32') await rm(link, { recursive: true, force: true });
    await rename(draft, link);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
