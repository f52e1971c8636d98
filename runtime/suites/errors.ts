import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('suites', {
  TEST_MISSING: {
    title: 'test missing',
    meaning: 'The flow has no test of this name.',
    message: (v: { test: string; flow: string; known: readonly string[] }) =>
      `the flow "${v.flow}" has no test "${v.test}"`,
    hint: (v: { test: string; flow: string; known: readonly string[] }) =>
      v.known.length > 0 ? `It has: ${v.known.join(', ')}.` : 'It has no tests yet.',
  },
  TEST_UNREADABLE: {
    title: 'test unreadable',
    meaning: 'The file of a flow test cannot be read by this user.',
    message: (v: { file: string; reason: string }) => `cannot read the test ${v.file}: ${v.reason}`,
    hint: 'Give the file to the user that runs Millrace.',
  },
  TEST_NOT_JSON: {
    title: 'test not JSON',
    meaning: 'The file of a flow test is not JSON: cut short, or edited by hand and broken.',
    message: (v: { file: string; line: number; reason: string }) => `${v.file}, line ${v.line}: not JSON: ${v.reason}`,
    hint: 'Mend the line: often a comma or a quotation mark is missing there or on the line before.',
  },
  TEST_INVALID: {
    title: 'test invalid',
    meaning: 'A setting of a flow test is missing, unknown, or has a value that it cannot take.',
    message: (v: { place: string; setting: string; problem: string }) =>
      `${v.place}: ${v.setting === '' ? 'the test' : `"${v.setting}"`}: ${v.problem}`,
    hint: 'docs/flow-tests.md lists what a test may say, with examples.',
  },
  TEST_NAME_UNFIT: {
    title: 'name unfit',
    meaning: 'A test or a recording was to have a name that is no plain file name.',
    message: (v: { name: string }) => `"${v.name}" cannot be the name of a test or its recording`,
    hint: 'Use letters, digits, spaces, ".", "-" and "_", and begin with a letter or a digit.',
  },
  TEST_UNWRITABLE: {
    title: 'cannot write test',
    meaning: 'A test or its recording cannot be written to the user directory.',
    message: (v: { file: string; reason: string }) => `cannot write ${v.file}: ${v.reason}`,
    hint: 'Give the folder "tests" of the user directory to the user that runs Millrace; see that the disk is not full.',
  },
  TEST_SHIPPED: {
    title: 'not your own',
    meaning: 'A test or recording that lies with the flow, not in the user directory, was to be removed.',
    message: (v: { file: string }) => `${v.file} belongs to the flow and is not removed from here`,
    hint: 'Save a test of your own under its name to replace it, or remove the file by hand.',
  },
  TEST_RECORDING_MISSING: {
    title: 'recording missing',
    meaning: 'A test plays a recording that is not beside it.',
    message: (v: { recording: string; folders: readonly string[] }) =>
      `there is no recording "${v.recording}" in ${v.folders.join(' or ')}`,
    hint: 'Put the file into the folder of the test; a test names it relative to that folder.',
  },
  SUITE_RUNNER_MISSING: {
    title: 'no test runner',
    meaning: 'Flow tests are run by the package millrace-studio, which is not installed here.',
    message: (v: { userDir: string }) => `millrace-studio, which runs flow tests, is not installed in ${v.userDir}`,
    hint: (v: { userDir: string }) => `Install it: cd ${v.userDir} && npm install millrace-studio`,
  },
  SUITE_FAILED: {
    title: 'run failed',
    meaning: 'The process that runs flow tests ended before it had reported all of them.',
    message: (v: { reason: string }) => `the tests did not run to their end: ${v.reason}`,
    hint: 'Run "millrace test" in a terminal to see more.',
  },
});
