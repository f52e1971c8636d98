import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from './documents.ts';

/** The files in a folder and those within, in order; what is being written has a name that begins with a dot. */
export async function* documentsIn(folder: string): AsyncGenerator<Document> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) yield { path, read: () => readFile(path) };
}

export async function* documentAt(path: string): AsyncGenerator<Document> {
  yield { path, read: () => readFile(path) };
}
