import { MillraceError } from '../../base/index.ts';
import type { DataSetRow, ExampleMap, Finding } from '../../messages/index.ts';
import { addExamples } from './add.ts';
import { relabelExamples, removeExamples, removeVersion } from './edit.ts';
import { exportExamples } from './export/export-examples.ts';
import { flushWaiting } from './flush.ts';
import { loadExamples } from './load.ts';
import { exampleOf, pageOf } from './look.ts';
import type { SetFiles } from './set-files.ts';
import { summarise } from './summary.ts';
import type { DataSet, Imported, ImportOptions } from './types.ts';
import { verifyFiles } from './verify.ts';
import { dataMethods, type DataWorkerMethods, inWorker, isLittle, isShort } from './worker-methods.ts';

/** Fewer than these wait on in the index when a data set is closed: a file for each of them would be many. */
const LEAST_AT_CLOSE = 250;
/** Examples added between two looks at how many wait. */
const LOOK = 250;

const NO_POINTS: ExampleMap = { points: [], shares: [0, 0], examples: 0 };

/** A data set with what only the room does with one. */
export interface OpenDataSet extends DataSet {
  import(path: string | readonly string[], options: ImportOptions): Promise<Imported>;
}

/** What all who hold a data set in this process share. */
export function createDataSet(files: SetFiles): OpenDataSet {
  let summary: { readonly state: string; readonly row: DataSetRow } | undefined;
  let added = 0;
  let flushing: Promise<void> | undefined;

  // What could not be written waits on: it is on disk already.
  const flush = (least?: number) =>
    (flushing ??= flushWaiting(files, least)
      .catch(() => undefined)
      .finally(() => (flushing = undefined)));

  const answers = new Map<string, { readonly state: string; readonly answer: Promise<unknown> }>();
  /** The same question is answered once, as long as nothing changes. */
  const known = async <T>(question: string, ask: () => Promise<T>, empty: T): Promise<T> => {
    const state = await files.state();
    if (!(await files.shape())) return empty;
    const before = answers.get(question);
    if (before?.state === state) return before.answer as Promise<T>;
    const answer = ask().catch((error: unknown) => {
      answers.delete(question);
      // Emptied between two looks.
      if (error instanceof MillraceError && error.code === 'DATA_SET_EMPTY') return empty;
      throw error;
    });
    answers.set(question, { state, answer });
    return answer;
  };

  const here = dataMethods(() => Promise.resolve(files));
  /** What is little is done here; what is much, where it keeps nobody waiting. */
  const inPlace = async <K extends 'findings' | 'map' | 'freeze'>(
    method: K,
    ...args: Parameters<DataWorkerMethods[K]>
  ): Promise<Awaited<ReturnType<DataWorkerMethods[K]>>> => {
    if (!(await isLittle(files))) return inWorker(files, method, ...args);
    const work = here[method] as (...args: Parameters<DataWorkerMethods[K]>) => ReturnType<DataWorkerMethods[K]>;
    return await files.clock.hold(Promise.resolve(work(...args)));
  };
  const importing = async (path: string | readonly string[], options: ImportOptions): Promise<Imported> => {
    const few = (await isShort(path)) && (await isLittle(files));
    return few ? files.clock.hold(here.import(path, options)) : inWorker(files, 'import', path, options);
  };

  const changing = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      files.changed();
    }
  };

  return {
    name: files.name,
    async add(examples) {
      const ids = await changing(addExamples(files, examples));
      added += ids.length;
      if (added >= LOOK) {
        added = 0;
        void flush(Infinity);
      }
      return ids;
    },
    async summary() {
      const state = await files.state();
      if (summary?.state !== state) summary = { state, row: await summarise(files) };
      return summary.row;
    },
    page: (page) => pageOf(files, page),
    example: (id) => exampleOf(files, id),
    relabel: (choice, label) => changing(relabelExamples(files, choice, label)),
    remove: (choice) => changing(removeExamples(files, choice)),
    freeze: (note = '') => changing(inPlace('freeze', note)),
    async findings() {
      const found = await known<readonly Finding[]>('findings', () => inPlace('findings'), []);
      const { warning } = files;
      if (!warning) return found;
      return [{ code: warning.code, weight: 'warning', message: warning.message, hint: warning.hint }, ...found];
    },
    map: () => known('map', () => inPlace('map'), NO_POINTS),
    import: (path, options) => changing(importing(path, options)),
    export: (format) => files.clock.hold(exportExamples(files, format)),
    removeVersion: (version) => changing(removeVersion(files, version)),
    verify: (mend = false) => changing(verifyFiles(files, mend)),
    load: (version) => files.clock.hold(loadExamples(files, version)),
    async close() {
      if (!files.shipped) await flush(LEAST_AT_CLOSE);
      await flushing;
      await files.close();
    },
  };
}
