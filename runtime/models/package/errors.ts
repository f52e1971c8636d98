import { defineErrors } from '../../base/index.ts';

export const errors = defineErrors('models/package', {
  PACKAGE_MISSING: {
    title: 'model not found',
    meaning: 'A model package, or a file that belongs to it, is not there.',
    message: (v: { directory: string; file: string; reason: string }) =>
      `the model package in ${v.directory} has no readable ${v.file} (${v.reason})`,
    hint: 'Check the path, or import the model again.',
  },
  PACKAGE_FILE_CHANGED: {
    title: 'model file changed',
    meaning: "A file of a model package is not the one whose digest stands in the package's model.json.",
    message: (v: { directory: string; file: string; expected: string; found: string }) =>
      `${v.file} in ${v.directory} has the digest ${v.found}, model.json expects ${v.expected}`,
    hint: 'The file was changed or damaged after the model was made: import the model again from its source.',
  },
  PACKAGE_INVALID: {
    title: 'model not valid',
    meaning: "A model package's own description or reference cannot be read.",
    message: (v: { directory: string; file: string; path: string; problem: string }) =>
      `${v.file} in ${v.directory} is wrong${v.path === '' ? '' : ` at "${v.path}"`}: ${v.problem}`,
    hint: 'Import the model again; if you wrote the file yourself, correct it where the message says.',
  },
  PACKAGE_TOO_NEW: {
    title: 'model too new',
    meaning: 'The package was written by a newer Millrace, in a format that this one does not know.',
    message: (v: { directory: string; format: number; known: number }) =>
      `the model package in ${v.directory} has the format ${v.format}, this Millrace reads up to ${v.known}`,
    hint: 'Update Millrace, or export the model again from an older one.',
  },
  PACKAGE_TOO_LARGE: {
    title: 'model too large',
    meaning: 'A file of a model package is larger than Millrace reads into memory.',
    message: (v: { directory: string; file: string; bytes: number; limit: number }) =>
      `${v.file} in ${v.directory} has ${v.bytes} bytes, the limit is ${v.limit}`,
    hint: 'Use a smaller model.',
  },
});
