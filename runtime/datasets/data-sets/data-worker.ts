import { systemClock } from '../../base/index.ts';
import { serveWorker } from '../../workers/index.ts';
import { openSetFiles } from './set-files.ts';
import { dataMethods, type DataTask, type DataWorkerMethods } from './worker-methods.ts';

// Long work on one data set: it opens the files itself, and takes its memory with it when it ends.
serveWorker<never, DataTask>(({ data }) => {
  const opened = openSetFiles({ ...data, clock: systemClock, changed: () => undefined });
  return {
    ...dataMethods(() => opened),
    close: async () => (await opened).close(),
  } satisfies DataWorkerMethods;
});
