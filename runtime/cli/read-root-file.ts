import { readFile } from 'node:fs/promises';
import { asMillraceError } from '../base/index.ts';
import { parseRoot, type Root } from '../keys/index.ts';
import { errors } from './errors.ts';

/**
 * Whom to trust.
 *
 * @param given whether somebody named the file
 * @throws ROOT_UNKNOWN; what keys says of the root
 */
export async function readRootFile(file: string, given: boolean): Promise<Root> {
  try {
    return parseRoot(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if (asMillraceError(cause).code !== 'UNEXPECTED') throw cause;
    throw errors.ROOT_UNKNOWN({ file, given, reason: (cause as Error).message }, { cause });
  }
}
