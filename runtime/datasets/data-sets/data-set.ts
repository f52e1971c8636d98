import type { DataSetRow } from '../../messages/index.ts';
import { addExamples } from './add.ts';
import { relabelExamples, removeExamples } from './edit.ts';
import { flushWaiting } from './flush.ts';
import { loadExamples } from './load.ts';
import { exampleOf, pageOf } from './look.ts';
import type { SetFiles } from './set-files.ts';
import { summarise } from './summary.ts';
import type { DataSet } from './types.ts';
import { freezeExamples } from './version.ts';

/** Fewer than these wait on in the index when a data set is closed: a file for each of them would be many. */
const LEAST_AT_CLOSE = 250;
/** Examples added between two looks at how many wait. */
const LOOK = 250;

/** What all who hold a data set in this process share. */
export function createDataSet(files: SetFiles): DataSet {
  let summary: { readonly state: string; readonly row: DataSetRow } | undefined;
  let added = 0;
  let flushing: Promise<void> | undefined;

  // What could not be written waits on: it is on disk already.
  const flush = (least?: number) =>
    (flushing ??= flushWaiting(files, least)
      .catch(() => undefined)
      .finally(() => (flushing = undefined)));

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
    freeze: (note = '') => changing(freezeExamples(files, note)),
    findings: () => Promise.resolve([]),
    map: () => Promise.resolve({ points: [], shares: [0, 0], examples: 0 }),
    export: () => Promise.reject(new Error('not written yet')),
    load: (version) => files.clock.hold(loadExamples(files, version)),
    async close() {
      if (!files.shipped) await flush(LEAST_AT_CLOSE);
      await flushing;
      await files.close();
    },
  };
}
