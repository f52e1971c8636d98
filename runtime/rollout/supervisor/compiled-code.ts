import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowFailure } from '../deploy/types.ts';

/** Files: a flow has some 1,500. Those of modules that are gone stay, until there are so many. */
const MOST = 6_000;

/**
 * What V8 has compiled of the modules of a flow, kept from one start to the next: a fifth of a start. Node.js writes, checks and
 * reads it. Nothing is lost with it, so nothing of it is an error.
 *
 * @param directory only for this
 */
export function createCompiledCode(directory: string) {
  const remove = (path: string) => rm(path, { recursive: true, force: true }).catch(() => undefined);
  let forgetting = Promise.resolve();
  return {
    directory,
    /** Before a start: lets go of what other versions of Node.js, or others of its options, have left. */
    async tidy(): Promise<void> {
      await forgetting;
      const names = await readdir(directory).catch(() => []);
      const own = names.filter((name) => name.startsWith(`${process.version}-`));
      const newest = await newestOf(directory, own);
      const files = newest === undefined ? [] : await readdir(join(directory, newest)).catch(() => []);
      const kept = files.length > MOST ? undefined : newest;
      await Promise.all(names.filter((name) => name !== kept).map((name) => remove(join(directory, name))));
    },
    /**
     * A flow ended before it ran. If this was to blame, it is not again.
     *
     * @param failure why, unless it had been asked to
     */
    notStarted(failure: FlowFailure | undefined): void {
      // Who says why it ends is well enough.
      if (failure?.kind === 'hung' || failure?.problem?.code === 'FLOW_CRASHED') forgetting = remove(directory);
    },
  };
}

async function newestOf(directory: string, names: readonly string[]): Promise<string | undefined> {
  const times = names.map(async (name) => {
    const { mtimeMs } = await stat(join(directory, name)).catch(() => ({ mtimeMs: 0 }));
    return { name, mtimeMs };
  });
  return (await Promise.all(times)).sort((a, b) => b.mtimeMs - a.mtimeMs)[0]?.name;
}
