import { systemClock } from '../../base/index.ts';
import { serveWorker } from '../../workers/index.ts';
import { findingsOf } from './examine/findings.ts';
import { mapExamples } from './examine/map-examples.ts';
import { importFile } from './import/import-file.ts';
import { loadExamples } from './load.ts';
import { openSetFiles } from './set-files.ts';
import type { ImportOptions } from './types.ts';
import { freezeExamples } from './version.ts';
import type { DataTask, DataWorkerMethods } from './worker-methods.ts';

// Long work on one data set: it opens the files itself, and takes its memory with it when it ends.
serveWorker<never, DataTask>(({ data }) => {
  const opened = openSetFiles({ ...data, clock: systemClock, changed: () => undefined });
  const loaded = async () => loadExamples(await opened, undefined);
  return {
    findings: async () => findingsOf(await loaded()),
    map: async () => mapExamples(await loaded()),
    freeze: async (note: string) => freezeExamples(await opened, note),
    import: async (path: string | readonly string[], options: ImportOptions) => importFile(await opened, path, options),
    close: async () => (await opened).close(),
  } satisfies DataWorkerMethods;
});
