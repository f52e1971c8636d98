import type { Clock } from '../../base/index.ts';
import type { FoundEntry } from './find-entries.ts';
import type { RegistryIndex } from './index-file.ts';

/** How often it is looked again, and how long the one that stores a version may take for its row, ms. */
const STEP = 50;
const PATIENCE = 5000;

/**
 * The version that holds its name and number by its row in the index, where what was found may only have its folder: a
 * process that stores a version writes the folder first, then the row, and takes the folder away again if the row of
 * another was there first. Whoever has no row for so long was ended in between, and is entered here.
 *
 * @param find throws once the folder is gone
 */
export async function holderOf(
  find: () => Promise<FoundEntry>,
  index: RegistryIndex,
  clock: Clock,
): Promise<FoundEntry> {
  for (let waited = 0; ; waited += STEP) {
    const entry = await find();
    const { stored, name, version, digest } = entry;
    if (!stored || version === undefined || digest === undefined) return entry;
    const late = waited >= PATIENCE;
    const row = await (late ? index.add({ digest, name, version, added: clock.now() }) : index.holder(name, version));
    if (row) return { ...entry, digest: row.digest };
    await clock.sleep(STEP);
  }
}
