import { open, readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { readJsonlHeader } from './jsonl/read.ts';
import { loadTables } from './load-tables.ts';
import { isName } from './name.ts';
import { compareTakes, isMissing, partsIn } from './parts.ts';
import type { ReadableFormat, RecordingEntry } from './types.ts';

/** Files that somebody put there. */
const FILE = /\.(jsonl|parquet|csv)$/i;
/** Bytes: of a file this small, lines are counted. */
const SMALL = 4 * 1024 * 1024;

export interface Listed {
  readonly entry: RecordingEntry;
  readonly files: readonly string[];
}

interface Facts {
  readonly messages?: number;
  readonly started?: number;
  readonly problem?: string;
}

interface CatalogueOptions {
  readonly directory: string;
  readonly shipped: readonly string[];
  readonly isOpen: (path: string) => boolean;
}

/** What recordings there are: those made here, files that somebody put beside them, and those that came with Millrace. */
export function createCatalogue({ directory, shipped, isOpen }: CatalogueOptions) {
  /** What a file says of itself, by path, as long as it stays as it is. */
  const known = new Map<string, { readonly stamp: string; readonly facts: Facts }>();

  const look = async (path: string): Promise<Facts & { readonly bytes: number }> => {
    const { size, mtimeMs } = await stat(path);
    const stamp = `${size} ${mtimeMs}`;
    const before = known.get(path);
    const facts = before?.stamp === stamp ? before.facts : await factsOf(path, size);
    known.set(path, { stamp, facts });
    return { ...facts, bytes: size };
  };

  const toEntry = async (
    names: Pick<RecordingEntry, 'name' | 'title' | 'shipped'>,
    files: readonly string[],
  ): Promise<Listed[]> => {
    const looked = await Promise.all(files.map((path) => look(path).catch(gone)));
    const there = looked.filter((each) => each !== undefined);
    if (there.length === 0) return [];
    const counts = there.map(({ messages }) => messages);
    const messages = counts.reduce<number | undefined>((sum, count) => add(sum, count), 0);
    const started = there[0]?.started;
    const problem = there.find((each) => each.problem !== undefined)?.problem;
    const entry: RecordingEntry = {
      ...names,
      format: formatByName(files[0] ?? ''),
      files: there.length,
      bytes: there.reduce((sum, { bytes }) => sum + bytes, 0),
      open: files.some(isOpen),
      ...(messages !== undefined && { messages }),
      ...(started !== undefined && { started }),
      ...(problem !== undefined && { problem }),
    };
    return [{ entry, files }];
  };

  const recorded = async (title: string): Promise<Listed[]> => {
    const takes = new Map<string, string[]>();
    for (const { take, path } of await partsIn(join(directory, title))) {
      takes.set(take, [...(takes.get(take) ?? []), path]);
    }
    const listed = [...takes].map(([take, files]) =>
      toEntry({ name: `${title}@${take}`, title, shipped: false }, files),
    );
    return (await Promise.all(listed)).flat();
  };

  const entries = async (where: string) => {
    try {
      return await readdir(where, { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };

  const list = async (): Promise<Listed[]> => {
    const own: Listed[] = [];
    for (const each of await entries(directory)) {
      if (each.isDirectory()) own.push(...(await recorded(each.name)));
      else if (FILE.test(each.name)) {
        own.push(
          ...(await toEntry({ name: each.name, title: each.name, shipped: false }, [join(directory, each.name)])),
        );
      }
    }
    own.sort((a, b) => (b.entry.started ?? 0) - (a.entry.started ?? 0) || compareTakes(takeIn(b), takeIn(a)));
    const taken = new Set(own.map(({ entry }) => entry.title));
    for (const where of shipped) {
      for (const { name: file } of await entries(where)) {
        const title = basename(file, extname(file));
        if (!FILE.test(file) || taken.has(title)) continue;
        taken.add(title);
        own.push(...(await toEntry({ name: title, title, shipped: true }, [join(where, file)])));
      }
    }
    return own;
  };

  return {
    /** Newest first, and what came with Millrace last. */
    list,
    /** By name, or the newest of a title: of several, the newest in which something has come. */
    async find(name: string): Promise<Listed | undefined> {
      const pick = (all: readonly Listed[]) => {
        const titled = all.filter(({ entry }) => entry.title === name);
        const named = all.find(({ entry }) => entry.name === name);
        return named ?? titled.find(({ entry }) => entry.messages !== 0) ?? titled[0];
      };
      const [title = ''] = name.split('@');
      // Most often it is one of ours: then the others need not be looked at.
      const own = isName(title) ? pick((await recorded(title)).reverse()) : undefined;
      return own ?? pick(await list());
    },
  };
}

const takeIn = ({ entry }: Listed) => entry.name.split('@')[1] ?? '';
const add = (sum: number | undefined, count: number | undefined) =>
  sum === undefined || count === undefined ? undefined : sum + count;

const formatByName = (path: string): ReadableFormat =>
  /\.parquet$/i.test(path) ? 'parquet' : /\.csv$/i.test(path) ? 'csv' : 'jsonl';

function gone(error: unknown): undefined {
  // Removed, or turned into Parquet, since the directory was read.
  if (!isMissing(error)) throw error;
}

async function factsOf(path: string, size: number): Promise<Facts> {
  try {
    const format = formatByName(path);
    if (format === 'csv') return {};
    if (format === 'jsonl') {
      const { started } = await readJsonlHeader(path);
      const messages = size <= SMALL ? (await countLines(path)) - 1 : undefined;
      return { ...(started !== undefined && { started }), ...(messages !== undefined && { messages }) };
    }
    const { headerOf, openParquet } = await loadTables();
    await using parquet = await openParquet(path);
    const started = headerOf(parquet)?.started;
    return { messages: Number(parquet.metadata.num_rows), ...(started !== undefined && { started }) };
  } catch (error) {
    if (isMissing(error)) throw error;
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function countLines(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    let count = 0;
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++;
    }
    return count;
  } finally {
    await file.close();
  }
}
