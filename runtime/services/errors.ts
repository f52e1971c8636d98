import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('services', {
  DIRECTORY_UNWRITABLE: {
    title: 'cannot write',
    meaning: 'The directory in which Millrace keeps its state cannot be written.',
    message: (v: { directory: string; reason: string }) => `cannot write to "${v.directory}": ${v.reason}`,
    hint: 'Give the user that runs Millrace the right to write there, or choose another with --user-dir.',
  },
});
