import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readSecretFile } from '../keys/index.ts';
import { errors } from './errors.ts';

/** Of files that this Millrace writes. */
const FORMAT = 1;
const ENDING = '.json';

/**
 * What a folder holds, one JSON file each. A file that cannot be used costs itself and no other: what is damaged is set aside,
 * what a newer Millrace has written or cannot be read just now stays for the next start.
 *
 * @param warn told of each file that was passed over
 * @returns the content by the file's name without its ending
 */
export async function readFolder<Schema extends z.ZodType>(
  directory: string,
  schema: Schema,
  warn: (error: unknown) => void,
): Promise<ReadonlyMap<string, z.output<Schema>>> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') warn(errors.STUDIO_FILE_DAMAGED({ file: directory, reason: error.message }));
    return [];
  });
  const read = names
    .filter((name) => name.endsWith(ENDING))
    .map(async (name) => {
      try {
        return [[name.slice(0, -ENDING.length), await readOne(join(directory, name), schema)] as const];
      } catch (error) {
        warn(error);
        return [];
      }
    });
  return new Map((await Promise.all(read)).flat());
}

/** @throws STUDIO_FILE_SET_ASIDE, STUDIO_FILE_DAMAGED, KEY_FILE_UNREADABLE */
async function readOne<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema>> {
  const text = (await readSecretFile(file)) ?? '';
  const said = parsed(text);
  const { data, error } = schema.safeParse(said);
  if (!error) return data;
  const reason = said === undefined ? 'it is no JSON' : z.prettifyError(error);
  const { data: newer } = z.object({ format: z.number().int().gt(FORMAT) }).safeParse(said);
  if (newer) throw errors.STUDIO_FILE_DAMAGED({ file, reason: `its format is ${newer.format}` });
  const aside = `${file}.damaged`;
  await rename(file, aside);
  throw errors.STUDIO_FILE_SET_ASIDE({ file, reason, aside });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
