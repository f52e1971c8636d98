import { readFile } from 'node:fs/promises';

/** A file's text without its last line break; empty where it cannot be read. For what the kernel says in files. */
export const textOf = async (file: string): Promise<string> => (await readFile(file, 'utf8').catch(() => '')).trim();
