import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What V8 has compiled of the modules of a flow, kept from one start to the next: a fifth of a start. Node.js writes, checks and
 * reads it. Nothing is lost with it, so nothing of it is an error.
 *
 * @param directory only for this
 */
export function createCompiledCode(directory: string) {
  const remove = (path: string) => rm(path, { recursive: true, force: true }).catch(() => undefined);
  return {
    directory,
    /** Lets go of what other versions of Node.js have left. */
    async tidy(): Promise<void> {
      const names = await readdir(directory).catch(() => []);
      const others = names.filter((name) => !name.startsWith(`${process.version}-`));
      await Promise.all(others.map((name) => remove(join(directory, name))));
    },
    /** After a start that failed: if this was to blame, it is not again. */
    forget: (): Promise<void> => remove(directory),
  };
}
