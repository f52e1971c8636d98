/**
 * ONNX Runtime's packages carry the libraries of every platform, and builds for browsers. A gateway needs its own alone: the
 * others are two thirds of what is installed.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { errors } from './errors.ts';

/** A file, or a folder with all in it, that this machine never loads. */
export interface PrunableLibrary {
  readonly path: string;
  readonly bytes: number;
  /** Whose it is: `win32-x64`, `browsers`. */
  readonly use: string;
}

export interface LibraryPlaces {
  /** Of onnxruntime-node: has a folder a platform, with a folder an architecture. */
  readonly native: readonly string[];
  /** Of onnxruntime-web. */
  readonly web: string | undefined;
  readonly platform: string;
  readonly architecture: string;
}

/** What onnxruntime-web loads on Node.js. All else in its folder is for browsers. */
const ON_NODE = /^(ort\.node\.min\.m?js|ort-wasm-simd-threaded\.(mjs|wasm))$/;

/** What ONNX Runtime has installed here for other machines. Nothing where it is not installed. */
export async function prunableLibraries(places?: LibraryPlaces): Promise<PrunableLibrary[]> {
  const { native, web, platform, architecture } = places ?? (await here());
  const found: PrunableLibrary[] = [];
  for (const folder of native) {
    for (const system of await list(folder)) {
      for (const chip of await list(join(folder, system))) {
        if (system === platform && chip === architecture) continue;
        const path = join(folder, system, chip);
        found.push({ path, bytes: await sizeOf(path), use: `${system}-${chip}` });
      }
    }
  }
  if (web !== undefined) {
    for (const name of await list(web)) {
      const path = join(web, name);
      if (!ON_NODE.test(name)) found.push({ path, bytes: await sizeOf(path), use: 'browsers' });
    }
  }
  return found;
}

/**
 * Removes what `prunableLibraries` lists. Installing the packages again brings it back.
 *
 * @returns what was removed
 * @throws LIBRARY_NOT_REMOVED where this user may not
 */
export async function pruneLibraries(places?: LibraryPlaces): Promise<PrunableLibrary[]> {
  const found = await prunableLibraries(places);
  for (const { path } of found) {
    await rm(path, { recursive: true, force: true }).catch((error: Error) => {
      throw errors.LIBRARY_NOT_REMOVED({ path, reason: error.message }, { cause: error });
    });
  }
  return found;
}

async function here(): Promise<LibraryPlaces> {
  const [node, web] = [placeOf('onnxruntime-node'), placeOf('onnxruntime-web')];
  const bin = node === undefined ? undefined : join(node, '../bin');
  const native = bin === undefined ? [] : (await list(bin)).map((api) => join(bin, api));
  return { native, web, platform: process.platform, architecture: process.arch };
}

/** The folder of its entry point. */
function placeOf(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(name));
  } catch {
    return undefined;
  }
}

const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function sizeOf(path: string): Promise<number> {
  const about = await stat(path);
  if (!about.isDirectory()) return about.size;
  const sizes = await Promise.all((await list(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
