import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('keys', {
  KEY_FILE_UNREADABLE: {
    title: 'key unreadable',
    meaning: 'A file that holds a secret is there but cannot be read or written.',
    message: (v: { file: string; reason: string }) => `cannot use the key file ${v.file}: ${v.reason}`,
    hint: (v: { file: string }) =>
      `Give the file and its folder to the user that runs Millrace: chown -R $(id -un) ${v.file}`,
  },
  KEY_FILE_DAMAGED: {
    title: 'key damaged',
    meaning:
      'A file that holds a secret is empty or cut short. Making a new secret would make what it protects unreadable.',
    message: (v: { file: string; characters: number; expected: number }) =>
      `the key file ${v.file} holds ${v.characters} characters, at least ${v.expected} were expected`,
    hint: 'Restore the file from a backup. If there is none, delete it: saved passwords must then be entered again.',
  },
});
