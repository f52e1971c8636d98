import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('services', {
  DIRECTORY_UNWRITABLE: {
    title: 'cannot write',
    meaning: 'The directory in which Millrace keeps its state cannot be read or written.',
    message: (v: { directory: string; reason: string }) => `cannot use "${v.directory}": ${v.reason}`,
    hint: 'Give the user that runs Millrace the right to write there, or choose another with --user-dir.',
  },
  GATEWAY_ID_DAMAGED: {
    title: 'gateway id damaged',
    meaning:
      'The file with the id of this gateway is empty or holds something else. With a new id, what was sent and what waits would look like another gateway’s.',
    message: (v: { file: string; found: string }) => `the gateway id in ${v.file} is "${v.found}", not a UUID`,
    hint: 'Restore the file from a backup. If there is none, delete it: receivers then see a new gateway.',
  },
});
