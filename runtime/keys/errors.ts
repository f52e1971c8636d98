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
  FIELD_PATH_INVALID: {
    title: 'wrong field',
    meaning: 'The name of a field that is to be protected is no place in a message.',
    message: (v: { field: string }) => `"${v.field}" is no place in a message`,
    hint: 'Write it like payload.name; a star stands for every entry: payload.people.*.name.',
  },
  FIELD_KEYS_DAMAGED: {
    title: 'field keys damaged',
    meaning:
      'The file with the keys that protect fields is damaged. Messages for targets that protect fields are refused: nothing is sent unprotected.',
    message: (v: { file: string; reason: string }) => `the key file ${v.file} is damaged: ${v.reason}`,
    hint: 'Restore the file from a backup, or from what "millrace keys export" wrote. If there is neither, move it away: a new key is made, and what the old one encrypted stays unreadable.',
  },
  FIELD_KEYS_TOO_NEW: {
    title: 'field keys too new',
    meaning: 'The file with the keys that protect fields was written by a newer Millrace.',
    message: (v: { file: string; format: number; known: number }) =>
      `the key file ${v.file} has format ${v.format}, this Millrace knows ${v.known}`,
    hint: 'Use the newer Millrace.',
  },
  FIELD_KEY_UNKNOWN: {
    title: 'key unknown',
    meaning: 'A field was encrypted with a key that is not among those that were given.',
    message: (v: { field: string; key: string }) => `the field ${v.field} was encrypted with key ${v.key}`,
    hint: 'Give the keys of the gateway that sent it: "millrace keys export" writes them there.',
  },
  FIELD_NOT_OPENED: {
    title: 'field not opened',
    meaning: 'An encrypted field was changed on its way, or stands at another place in the message than it did.',
    message: (v: { field: string; key: string }) =>
      `the field ${v.field} cannot be opened with key ${v.key}: it was changed, or moved from another place`,
    hint: 'Open the message as it came. Take the field to another place after that.',
  },
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
  SETTINGS_FILE_DAMAGED: {
    title: 'settings damaged',
    meaning: 'A line of the file with the settings of a device is not NAME=value.',
    message: (v: { file: string; line: number }) => `line ${v.line} of ${v.file} is not NAME=value`,
    hint: 'Mend or delete that line; millrace gateway set NAME writes one anew.',
  },
  SETTING_NAME_INVALID: {
    title: 'wrong name',
    meaning: 'The name of a setting is no name of an environment variable.',
    message: (v: { name: string }) => `"${v.name}" cannot be the name of a setting`,
    hint: 'Use letters, digits and _, beginning with a letter: CLOUD_PASSWORD.',
  },
});
