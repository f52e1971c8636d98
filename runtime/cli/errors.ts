import { defineErrors } from '../base/index.ts';
import { MILLRACE } from './command-name.ts';

export const errors = defineErrors('cli', {
  NODE_TOO_OLD: {
    title: 'Node too old',
    meaning: 'The command was run by a Node.js that lacks what Millrace needs.',
    message: (v: { running: string; least: string; path: string }) =>
      `this is Node.js ${v.running} (${v.path}), Millrace needs ${v.least} or newer`,
    hint: 'Install a newer Node.js (https://nodejs.org). In a checkout run: npm start, which brings its own.',
  },
  OPTION_INVALID: {
    title: 'wrong option',
    meaning: 'An option of the command has a value that it cannot take.',
    message: (v: { option: string; value: string; expected: string }) =>
      `${v.option} is "${v.value}", but must be ${v.expected}`,
    hint: 'Add --help to the command to see its options.',
  },
  TLS_INCOMPLETE: {
    title: 'TLS incomplete',
    meaning: 'Only one of certificate and key was given.',
    message: (v: { missing: '--tls-cert' | '--tls-key' }) => `${v.missing} is missing`,
    hint: 'Give both: --tls-cert FILE --tls-key FILE',
  },
  PASSWORDS_DIFFER: {
    title: 'passwords differ',
    meaning: 'The password and its repetition are not the same.',
    message: (_: { userDir: string }) => 'the two passwords are not the same',
    hint: (v: { userDir: string }) => `Try again: ${MILLRACE} passwd --user-dir ${v.userDir}`,
  },
});
