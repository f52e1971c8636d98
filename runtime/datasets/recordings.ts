import { createReadStream } from 'node:fs';
import { access, mkdir, rm } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { errors } from './errors.ts';
import { createCatalogue, type Listed } from './catalogue.ts';
import { FORMAT } from './jsonl/header.ts';
import { checkName, takeOf } from './name.ts';
import { openFiles, openRecording } from './open-recording.ts';
import { partsIn } from './parts.ts';
import { createRecorder, type OpenRecorder } from './recorder/recorder.ts';
import { finishLeftOvers } from './recorder/tidy.ts';
import { createReplay } from './replay/create-replay.ts';
import type { Recorder, Recording, Recordings, RecordingsOptions, RecordOptions, Replay } from './types.ts';
import { stringify } from './written/stringify.ts';

const TYPES = { jsonl: 'application/x-ndjson', parquet: 'application/vnd.apache.parquet', csv: 'text/csv' } as const;

/** The recordings of one user directory. Costs nothing until it is used. */
export function openRecordings({ directory, clock, shipped = [] }: RecordingsOptions): Recordings {
  /** By name in lower case: not every file system tells `Pump` from `pump`. */
  const recorders = new Map<string, { readonly source: string; readonly opening: Promise<OpenRecorder> }>();
  const open = new Set<OpenRecorder>();
  const replays = new Set<Replay>();
  const isOpen = (path: string) => [...open].some(({ paths }) => paths.has(path));
  const catalogue = createCatalogue({ directory, shipped, isOpen });

  const begin = async (options: RecordOptions, key: string): Promise<OpenRecorder> => {
    const own = join(directory, options.name);
    try {
      await mkdir(own, { recursive: true });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw errors.RECORDING_DIRECTORY({ path: own, reason }, { cause });
    }
    await finishLeftOvers(own, isOpen);
    const taken = new Set((await partsIn(own)).map(({ take }) => take));
    const stamp = takeOf(clock.now());
    let take = stamp;
    for (let turn = 2; taken.has(take); turn++) take = `${stamp}-${turn}`;
    const closed = () => {
      open.delete(recorder);
      recorders.delete(key);
    };
    const recorder = await createRecorder({ ...options, directory: own, take, clock, closed });
    open.add(recorder);
    return recorder;
  };

  const find = async (name: string): Promise<Listed> => {
    const found = await catalogue.find(name);
    if (found) return found;
    const titles = [...new Set((await catalogue.list()).map(({ entry }) => `"${entry.title}"`))];
    throw errors.RECORDING_MISSING({ name, known: titles.slice(0, 10).join(', ') || 'none' });
  };

  return {
    directory,
    record(options: RecordOptions): Promise<Recorder> {
      const start = async () => {
        const name = checkName(options.name);
        const key = name.toLowerCase();
        const other = recorders.get(key);
        if (other) throw errors.RECORDING_BUSY({ name, source: other.source });
        const opening = begin({ ...options, name }, key);
        recorders.set(key, { source: options.source ?? 'another recorder', opening });
        try {
          return await opening;
        } catch (error) {
          recorders.delete(key);
          throw error;
        }
      };
      return clock.hold(start());
    },
    list: () => clock.hold(catalogue.list().then((listed) => listed.map(({ entry }) => entry))),
    open(name, options): Promise<Recording> {
      const work = async () => {
        const found = await catalogue.find(name);
        if (!found && (isAbsolute(name) || /[/\\]/.test(name))) return openRecording(name, options);
        const { entry, files } = found ?? (await find(name));
        // What is being written is read up to now.
        for (const recorder of open) if (recorder.name === entry.name) await recorder.flush();
        return openFiles(files, entry.title, options, turned);
      };
      return clock.hold(work());
    },
    async remove(name) {
      const { entry, files } = await find(name);
      if (entry.shipped) throw errors.RECORDING_SHIPPED({ name });
      if (entry.open) throw errors.RECORDING_BUSY({ name, source: 'a recorder' });
      for (const file of files) await rm(file, { force: true });
    },
    async read(name) {
      const { entry, files } = await find(name);
      for (const recorder of open) if (recorder.name === entry.name) await recorder.flush();
      const [file = ''] = files;
      const { format } = entry;
      const base = entry.name.replace('@', ' ').replace(/\.(jsonl|parquet|csv)$/i, '');
      if (files.length === 1 && !entry.open) {
        const extension = /\.[a-z]+$/i.exec(basename(file))?.[0] ?? `.${format}`;
        return { fileName: base + extension, type: TYPES[format], bytes: createReadStream(file) };
      }
      const recording = await openFiles(files, entry.title, {}, turned);
      return { fileName: `${base}.jsonl`, type: TYPES.jsonl, bytes: asJsonl(recording) };
    },
    async replay(name, options) {
      const { speed, loop, times, send, room, changed, ...reading } = options;
      const recording = await this.open(name, reading);
      const replay = createReplay({
        ...{ recording, clock, speed, send },
        ...(loop !== undefined && { loop }),
        ...(times !== undefined && { times }),
        ...(room && { room }),
        ...(changed && { changed }),
      });
      replays.add(replay);
      const letGo = replay.close.bind(replay);
      return Object.assign(replay, {
        close: () => {
          replays.delete(replay);
          return letGo();
        },
      });
    },
    pause() {
      for (const replay of replays) replay.pause();
    },
    async close() {
      await Promise.all([...replays].map((replay) => replay.close()));
      const opening = [...recorders.values()].map(({ opening }) => opening);
      await Promise.allSettled(opening.map(async (recorder) => (await recorder).close()));
    },
  };
}

/** Where a file is now. */
async function turned(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch {
    return path.replace(/jsonl$/, 'parquet');
  }
}

async function* asJsonl({ name, started, messages }: Recording): AsyncGenerator<Uint8Array> {
  const header = { millrace: 'recording', format: FORMAT, name, ...(started !== undefined && { started }) };
  let text = `${JSON.stringify(header)}\n`;
  for await (const { at, message } of messages()) {
    text += `{"at":${at},"message":${stringify(message)}}\n`;
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
