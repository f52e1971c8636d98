import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defineLimit } from '../../base/index.ts';
import { digestOf } from '../../signal/index.ts';
import { errors } from './errors.ts';
import { type Manifest, manifest as manifestSchema, PACKAGE_FORMAT } from './manifest.ts';
import type { ModelPackage } from './package.ts';
import { parseReference } from './reference.ts';

const fileLimit = defineLimit('package_file_bytes', 1024 ** 3, 'Model package files refused because of their size');

/**
 * Reads a model package and holds every file against its digest.
 *
 * @param directory where model.json lies
 * @throws PACKAGE_MISSING, PACKAGE_INVALID, PACKAGE_TOO_NEW, PACKAGE_TOO_LARGE, PACKAGE_FILE_CHANGED
 */
export async function readPackage(directory: string): Promise<ModelPackage> {
  const raw = parseJson(directory, await read(directory, 'model.json'));
  const manifest = parseManifest(directory, raw);
  const files = new Map<string, Uint8Array>();
  for (const [file, expected] of Object.entries(manifest.files)) {
    const bytes = await read(directory, file);
    const found = digestOf(bytes);
    if (found !== expected) throw errors.PACKAGE_FILE_CHANGED({ directory, file, expected, found });
    files.set(file, bytes);
  }
  const onnx = files.get('model.onnx');
  if (!onnx) throw invalid(directory, 'files', 'model.onnx is not listed');
  const reference = files.get('reference.csv');
  return {
    manifest,
    // Of the file as it stands, not of what this version understood of it.
    digest: digestOf(raw),
    onnx,
    ...(reference && { reference: parseReference(new TextDecoder().decode(reference), directory) }),
    directory,
  };
}

async function read(directory: string, file: string): Promise<Uint8Array> {
  const path = join(directory, file);
  try {
    const { size } = await stat(path);
    if (size > fileLimit.value) {
      fileLimit.cost();
      throw errors.PACKAGE_TOO_LARGE({ directory, file, bytes: size, limit: fileLimit.value });
    }
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'PACKAGE_TOO_LARGE') throw error;
    throw errors.PACKAGE_MISSING({ directory, file, reason: code }, { cause: error });
  }
}

function parseJson(directory: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw invalid(directory, '', `no JSON (${(error as Error).message})`);
  }
}

function parseManifest(directory: string, raw: unknown): Manifest {
  const format = (raw as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > PACKAGE_FORMAT) {
    throw errors.PACKAGE_TOO_NEW({ directory, format, known: PACKAGE_FORMAT });
  }
  const result = manifestSchema.safeParse(raw);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(directory, issue?.path.map(String).join('.') ?? '', issue?.message ?? 'not understood');
}

const invalid = (directory: string, path: string, problem: string) =>
  errors.PACKAGE_INVALID({ directory, file: 'model.json', path, problem });
