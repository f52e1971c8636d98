import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defineLimit } from '../../base/index.ts';
import { digestOf } from '../../signal/index.ts';
import { errors } from './errors.ts';
import { type Manifest, manifest as manifestSchema, PACKAGE_FORMAT } from './manifest.ts';
import type { ModelPackage } from './package.ts';
import { parseReference } from './reference.ts';
import type { SealedPackage } from './seal-package.ts';

const fileLimit = defineLimit('package_file_bytes', 1024 ** 3, 'Model package files refused because of their size');

/** What a package says of itself: enough to list it. */
export interface ReadManifest {
  readonly manifest: Manifest;
  readonly digest: string;
  /** Of the whole package, in bytes. */
  readonly bytes: number;
}

/**
 * Reads a package's model.json alone. Its other files are there, but may be others than it names.
 *
 * @param directory where model.json lies
 * @throws PACKAGE_MISSING, PACKAGE_INVALID, PACKAGE_TOO_NEW, PACKAGE_TOO_LARGE
 */
export async function readManifest(directory: string): Promise<ReadManifest> {
  const { raw, manifest, bytes } = await readDescription(directory);
  const sizes = await Promise.all(Object.keys(manifest.files).map((file) => sizeOf(directory, file)));
  // Of the file as it stands, not of what this version understood of it.
  return { manifest, digest: digestOf(raw), bytes: sizes.reduce((sum, size) => sum + size, bytes) };
}

/**
 * Reads a model package and holds every file against its digest.
 *
 * @param directory where model.json lies
 * @throws PACKAGE_MISSING, PACKAGE_INVALID, PACKAGE_TOO_NEW, PACKAGE_TOO_LARGE, PACKAGE_FILE_CHANGED
 */
export async function readPackage(directory: string): Promise<ModelPackage> {
  const { pkg } = await readFiles(directory);
  return pkg;
}

/** A package with all its files, of which a copy is the same package to the byte. */
export async function readFiles(directory: string): Promise<SealedPackage> {
  const { raw, manifest, text } = await readDescription(directory);
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
  const parsed = reference && parseReference(new TextDecoder().decode(reference), directory);
  files.set('model.json', text);
  const pkg = { manifest, digest: digestOf(raw), onnx, ...(parsed && { reference: parsed }), directory };
  return { pkg, files };
}

async function readDescription(directory: string) {
  const text = await read(directory, 'model.json');
  const raw = parseJson(directory, text);
  return { text, raw, manifest: parseManifest(directory, raw), bytes: text.byteLength };
}

async function read(directory: string, file: string): Promise<Uint8Array> {
  const size = await sizeOf(directory, file);
  if (size > fileLimit.value) {
    fileLimit.cost();
    throw errors.PACKAGE_TOO_LARGE({ directory, file, bytes: size, limit: fileLimit.value });
  }
  return await readFile(join(directory, file)).catch((error: unknown) => missing(directory, file, error));
}

const sizeOf = (directory: string, file: string): Promise<number> =>
  stat(join(directory, file)).then(
    ({ size }) => size,
    (error: unknown) => missing(directory, file, error),
  );

function missing(directory: string, file: string, error: unknown): never {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  throw errors.PACKAGE_MISSING({ directory, file, reason }, { cause: error });
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
