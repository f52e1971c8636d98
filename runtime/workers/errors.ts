import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('workers', {
  WORKER_STOPPED: {
    title: 'worker stopped',
    meaning: 'A worker thread ended while it was needed.',
    message: (v: { worker: string; reason: string }) => `the worker "${v.worker}" stopped: ${v.reason}`,
    hint: 'Deploy again to start it anew. If it stops again, the log above says why.',
  },
  PROCESS_NOT_STARTED: {
    title: 'cannot start',
    meaning: 'A child process could not be started.',
    message: (v: { name: string; command: string; reason: string }) =>
      `${v.name} could not be started ("${v.command}"): ${v.reason}`,
    hint: 'See that the command exists and that the user that runs Millrace may execute it.',
  },
});
