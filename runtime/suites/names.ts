import { join, relative, sep } from 'node:path';
import { errors } from './errors.ts';

/** One part of a path: no dot first, nothing that a file system treats specially. */
const PART = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

/** @throws TEST_NAME_UNFIT */
export function testFile(folder: string, name: string): string {
  if (!PART.test(name) || name.endsWith('.')) throw errors.TEST_NAME_UNFIT({ name });
  return join(folder, `${name}.json`);
}

/**
 * The path of a recording in a folder of tests; it may lie in a folder of that one.
 *
 * @throws TEST_NAME_UNFIT if it would lie outside
 */
export function recordingFile(folder: string, name: string): string {
  const parts = name.split('/');
  if (!parts.every((part) => PART.test(part)) || parts.length > 4) throw errors.TEST_NAME_UNFIT({ name });
  return join(folder, ...parts);
}

/** As a test names it. */
export const recordingName = (folder: string, file: string): string => relative(folder, file).split(sep).join('/');
