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
  SIGNING_KEY_EXISTS: {
    title: 'key exists',
    meaning: 'A signing key was to be made where a file is already. It may be the only copy of another key.',
    message: (v: { file: string }) => `${v.file} is there already`,
    hint: 'Give another file name. Delete the file only if nothing was ever signed with it.',
  },
  SIGNING_KEY_MISSING: {
    title: 'key missing',
    meaning: 'The file of a signing key is not there.',
    message: (v: { file: string }) => `there is no key file ${v.file}`,
    hint: 'Check the path. A new key is made by: millrace keys make FILE',
  },
  SIGNING_KEY_INVALID: {
    title: 'no signing key',
    meaning: 'What was given as a signing key is none: signing takes Ed25519 keys, as PEM.',
    message: (v: { source: string; reason: string }) => `${v.source} is no Ed25519 key: ${v.reason}`,
    hint: 'Use a file that "millrace keys make" wrote, or restore it from a copy.',
  },
  ENVELOPE_INVALID: {
    title: 'envelope invalid',
    meaning:
      'What should hold signatures and what they sign (a DSSE envelope) cannot be read, or holds something else.',
    message: (v: { reason: string }) => `the signed envelope cannot be used: ${v.reason}`,
    hint: 'Take the file anew from where it was made: this one was altered or cut on its way.',
  },
  SIGNATURE_MISSING: {
    title: 'not signed',
    meaning: 'Something that must be signed carries no signature.',
    message: (v: { what: string }) => `${v.what} is not signed`,
    hint: 'Sign it with a key that is trusted where it is to be used: millrace keys sign FILE --key KEY',
  },
  SIGNATURE_INVALID: {
    title: 'signature wrong',
    meaning: 'A signature does not fit what it signs: that was altered after it was signed, or the signature was.',
    message: (v: { what: string; keys: readonly string[] }) =>
      `${v.what} is not what was signed: the signature of key ${v.keys.map(shortId).join(', ')} does not fit`,
    hint: 'Take it anew from whoever signed it. If it is altered again, somebody on the way alters it.',
  },
  SIGNER_UNKNOWN: {
    title: 'signer unknown',
    meaning: 'Something is signed, but by no key that is trusted here.',
    message: (v: { what: string; keys: readonly string[]; trusted: readonly string[] }) =>
      `${v.what} is signed by key ${v.keys.map(shortId).join(', ')}; trusted here: ${v.trusted.map(shortId).join(', ')}`,
    hint: 'Have it signed by a trusted key (millrace keys sign), or give the gateway a newer root that names this one (millrace keys root rotate).',
  },
  SIGNATURES_TOO_FEW: {
    title: 'too few signatures',
    meaning: 'Several people must sign, and not all that are needed have.',
    message: (v: { what: string; valid: number; threshold: number }) =>
      `${v.what} has ${v.valid} trusted signature${v.valid === 1 ? '' : 's'}, ${v.threshold} are needed`,
    hint: 'Have others of those who may sign it add their signatures: millrace keys sign FILE --key KEY',
  },
  ROOT_INVALID: {
    title: 'root invalid',
    meaning: 'A root of trust (which keys may sign) cannot be used as it stands.',
    message: (v: { reason: string }) => `the root of trust cannot be used: ${v.reason}`,
    hint: 'Make it anew with "millrace keys root make", or take it anew from where it was made.',
  },
  ROOT_NOT_FOLLOWED: {
    title: 'root not followed',
    meaning:
      'A newer root of trust does not follow the one that is trusted: one between them is missing, or the keys of the one that is trusted have not signed it.',
    message: (v: { from: number; to: number; reason: string }) =>
      `root version ${v.to} does not follow version ${v.from}: ${v.reason}`,
    hint: 'Give every root since the trusted one, each signed by the one before: millrace keys root show FILE says by whom it is signed.',
  },
  SEALED_NOT_OPENED: {
    title: 'seal not opened',
    meaning: 'A sealed value was sealed by another device, for another name, or was altered.',
    message: (v: { name: string; key: string }) => `the sealed value of ${v.name} cannot be opened with key ${v.key}`,
    hint: (v: { name: string }) => `Set it again on this device: millrace gateway set ${v.name}`,
  },
});

/** Enough of a key's id to tell it from others, as `millrace keys root show` prints it. */
function shortId(id: string): string {
  return id.slice(0, 16);
}
