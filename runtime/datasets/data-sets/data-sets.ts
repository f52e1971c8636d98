import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MillraceError } from '../../base/index.ts';
import type { DataSetRow } from '../../messages/index.ts';
import { createCollector } from '../collector/create-collector.ts';
import { errors } from '../errors.ts';
import { dataSetCount } from '../limits.ts';
import { isName } from '../name.ts';
import { isMissing } from '../parts.ts';
import { createChanges } from './changes.ts';
import { createDataSet, type OpenDataSet } from './data-set.ts';
import { INDEX, openSetFiles, reasonOf } from './set-files.ts';
import type { DataSet, DataSets, DataSetsOptions } from './types.ts';

interface Held {
  readonly opening: Promise<OpenDataSet>;
  holds: number;
}

/** The data sets of one user directory. Costs nothing until one is opened. */
export function openDataSets({ directory, clock, shipped = [] }: DataSetsOptions): DataSets {
  /** By name in lower case: not every file system tells `Pump` from `pump`. */
  const open = new Map<string, Held>();
  const changes = createChanges(clock);
  let closed = false;

  const folderOf = async (name: string): Promise<string | undefined> => {
    const exact = join(directory, name);
    if (await exists(join(exact, INDEX))) return exact;
    const other = (await namesIn(directory)).find((each) => each.toLowerCase() === name.toLowerCase());
    return other !== undefined && (await exists(join(directory, other, INDEX))) ? join(directory, other) : undefined;
  };

  const begin = async (name: string): Promise<OpenDataSet> => {
    let folder = await folderOf(name);
    if (!folder) {
      const count = (await namesIn(directory)).length;
      if (count >= dataSetCount.value) {
        dataSetCount.cost();
        const what = `there may be ${dataSetCount.value} data sets`;
        throw errors.DATA_SET_FULL({ name, what, limit: dataSetCount.name });
      }
      folder = join(directory, name);
      try {
        await mkdir(folder, { recursive: true });
      } catch (cause) {
        throw errors.DATA_SET_UNWRITABLE({ path: folder, reason: reasonOf(cause) }, { cause });
      }
    }
    const files = await openSetFiles({
      name: basename(folder),
      directory: folder,
      clock,
      shipped: false,
      changed: changes.tell,
    });
    return createDataSet(files);
  };

  const hold = async (name: string): Promise<OpenDataSet> => {
    const key = name.toLowerCase();
    const held: Held = open.get(key) ?? { opening: clock.hold(begin(name)), holds: 0 };
    open.set(key, held);
    held.holds++;
    let letGo = false;
    const release = async () => {
      if (letGo) return;
      letGo = true;
      held.holds--;
      if (held.holds > 0) return;
      if (open.get(key) === held) open.delete(key);
      // Whoever opens it meanwhile opens it anew: two may use one at once.
      await (await held.opening).close();
    };
    try {
      return { ...(await held.opening), close: release };
    } catch (error) {
      held.holds--;
      if (open.get(key) === held) open.delete(key);
      throw error;
    }
  };

  const names = async () => {
    const found: string[] = [];
    for (const name of await namesIn(directory)) if (await exists(join(directory, name, INDEX))) found.push(name);
    return found;
  };

  const rowOf = async (name: string): Promise<DataSetRow> => {
    try {
      const set = await hold(name);
      try {
        return await set.summary();
      } finally {
        await set.close();
      }
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      const { code, message, hint } = error;
      const nothing = { columns: [], examples: 0, labels: [], groups: 0, bytes: 0, versions: [], shipped: false };
      return { name, ...nothing, problem: { code, message, hint } };
    }
  };

  const checked = (name: string): string => {
    const trimmed = name.normalize('NFC').trim();
    if (!isName(trimmed)) throw errors.DATA_SET_NAME_INVALID({ name });
    return trimmed;
  };

  const find = async (name: string): Promise<DataSet> => {
    const wanted = name.normalize('NFC').trim();
    if (isName(wanted) && (open.has(wanted.toLowerCase()) || (await folderOf(wanted)))) return hold(wanted);
    const known = (await names()).slice(0, 10).map((each) => `"${each}"`);
    throw errors.DATA_SET_NOT_FOUND({ name, known: known.join(', ') || 'none' });
  };

  const dataSets: DataSets = {
    directories: { own: directory, shipped },
    async list() {
      const rows: DataSetRow[] = [];
      for (const name of await names()) rows.push(await rowOf(name));
      return rows.sort((a, b) => (b.changed ?? 0) - (a.changed ?? 0) || (a.name < b.name ? -1 : 1));
    },
    open: (name) => {
      if (closed) return Promise.reject(errors.DATA_SET_UNREADABLE({ name, reason: 'this process is ending' }));
      return Promise.resolve().then(() => hold(checked(name)));
    },
    find,
    async remove(name) {
      await (await find(name)).close();
      const wanted = name.normalize('NFC').trim();
      const folder = await folderOf(wanted);
      const held = open.get(wanted.toLowerCase());
      if (held) {
        // Whoever still holds it is told that it is closed, and may open it anew.
        open.delete(wanted.toLowerCase());
        await (await held.opening).close();
      }
      if (folder) await rm(folder, { recursive: true, force: true });
      changes.tell(folder === undefined ? name : basename(folder));
    },
    async import(name, path, options) {
      const wanted = checked(name);
      const before = open.has(wanted.toLowerCase()) || (await folderOf(wanted)) !== undefined;
      const set = await hold(wanted);
      let landed = false;
      try {
        const imported = await set.import(path, options);
        landed = true;
        return imported;
      } finally {
        const empty = !landed && !before && (await set.summary()).examples === 0;
        await set.close();
        if (empty) await dataSets.remove(wanted);
      }
    },
    collect: (settings) => createCollector({ dataSets, clock }, settings),
    onChange: changes.listen,
    async close() {
      closed = true;
      changes.stop();
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map(({ opening }) => opening.then((set) => set.close()).catch(() => undefined)));
    },
  };
  return dataSets;
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter(isName).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
