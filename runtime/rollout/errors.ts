import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('rollout', {
  DEPLOY_BUSY: {
    title: 'deploy under way',
    meaning: 'A gateway takes one deploy at a time, and has one under way.',
    message: (v: { name: string; state: string }) => `the gateway has a deploy of "${v.name}" under way (${v.state})`,
    hint: 'Wait until it is done. One whose sender is gone is dropped a minute after its last piece came.',
  },
  DEPLOY_NO_ROOM: {
    title: 'no room',
    meaning: 'The disk of the gateway has too little room for a bundle beside the one that runs.',
    message: (v: { name: string; needed: number; free: number }) =>
      `"${v.name}" needs ${megabytes(v.needed)} beside what runs, the disk has ${megabytes(v.free)} left`,
    hint: 'Make room on the gateway (millrace doctor says what fills it), or leave recordings and models that are not needed out of the bundle.',
  },
  DEPLOY_UNSTORABLE: {
    title: 'cannot store',
    meaning: 'The gateway cannot write what a deploy needs to its disk.',
    message: (v: { file: string; reason: string }) => `cannot write ${v.file}: ${v.reason}`,
    hint: 'What runs goes on running. Make room on the disk, or give the folder to the user that runs Millrace; then deploy again.',
  },
  DEPLOY_NOT_OFFERED: {
    title: 'nothing offered',
    meaning: 'A piece of a file came, or the word to install, for a deploy that the gateway does not have under way.',
    message: () => 'there is no deploy under way that this belongs to',
    hint: 'Deploy again: what has come already is not sent once more.',
  },
  DEPLOY_PART_WRONG: {
    title: 'wrong piece',
    meaning: 'A piece of a file was not the one that had to come next, or the file is not what it was said to be.',
    message: (v: { file: string; problem: string }) => `of the file ${v.file.slice(0, 12)}…: ${v.problem}`,
    hint: 'Deploy again: the file is sent from where it is right. If it happens again, the bundle changed where it lies.',
  },
  DEPLOY_INCOMPLETE: {
    title: 'files missing',
    meaning: 'A bundle was to be installed before all of its files had come.',
    message: (v: { name: string; missing: number }) => `of "${v.name}" ${v.missing} files are still missing`,
    hint: 'Deploy again: only what is missing is sent.',
  },
  DEPLOY_CUT_OFF: {
    title: 'deploy cut off',
    meaning: 'The gateway was switched off, or ended, while it put a new bundle together. What ran before runs.',
    message: (v: { name: string; state: string }) => `the deploy of "${v.name}" was cut off while ${v.state}`,
    hint: 'Deploy again: what has come already is not sent once more.',
  },
  NOTHING_TO_GO_BACK_TO: {
    title: 'nothing before it',
    meaning: 'A gateway was to go back to the bundle before, and has none that ever held.',
    message: () => 'there is no bundle before this one that ever held here',
    hint: 'Deploy the bundle that is to run; sign it with a higher version.',
  },
  BUNDLE_NOT_STARTED: {
    title: 'does not start',
    meaning: 'A bundle was started as often as a new one may be, and did not stay up.',
    message: (v: { name: string; version: number; starts: number; last: string }) =>
      `"${v.name}" ${v.version} was started ${v.starts} times and did not stay up${v.last === '' ? '' : `: ${v.last}`}`,
    hint: 'See why in the log (millrace gateway log); run its tests where it was made (millrace bundle test), then deploy it again.',
  },
  BUNDLE_UNHEALTHY: {
    title: 'not healthy',
    meaning: 'A new bundle ran, and did worse than it may while it was watched.',
    message: (v: { name: string; version: number; reasons: readonly string[] }) =>
      `"${v.name}" ${v.version} is not healthy: ${v.reasons.join('; ')}`,
    hint: 'Mend what is said, try the flow where it was made, and deploy it again.',
  },
  BUNDLE_CRASH_LOOP: {
    title: 'keeps failing',
    meaning: 'A bundle that had held before failed again and again, and was left for the one before it.',
    message: (v: { name: string; version: number; failures: number; last: string }) =>
      `"${v.name}" ${v.version} failed ${v.failures} times in a row: ${v.last}`,
    hint: 'See why in the log (millrace gateway log): often it is the disk, the network or a device rather than the bundle. Deploy it again when that is mended.',
  },
  BUNDLE_LOST: {
    title: 'bundle lost',
    meaning: 'What a gateway ran is gone from its disk, or damaged there, and cannot be started any more.',
    message: (v: { name: string; version: number; reason: string }) =>
      `"${v.name}" ${v.version} is no longer whole on the disk: ${v.reason}`,
    hint: 'Deploy it again. If it happens again, the disk is failing: put in another one.',
  },
  ROLLED_BACK_BY_HAND: {
    title: 'rolled back',
    meaning: 'Somebody asked the gateway to go back to the bundle before.',
    message: (v: { name: string; version: number }) =>
      `"${v.name}" ${v.version} was left because somebody asked for it`,
    hint: 'Deploy a bundle when it is to run again.',
  },
  BUNDLE_UNFIT: {
    title: 'does not fit',
    meaning: 'A bundle needs something that the gateway lacks.',
    message: (v: { problems: readonly string[] }) => `it does not fit this gateway: ${v.problems.join('; ')}`,
    hint: (v: { help: readonly string[] }) => v.help.join(' ') || 'millrace doctor BUNDLE says more.',
  },
  BUNDLE_TESTS_FAILED: {
    title: 'tests failed',
    meaning: 'The flow tests of a bundle, or the test vectors of one of its models, failed on the gateway.',
    message: (v: { failures: readonly string[] }) => `its own tests fail on this gateway: ${v.failures.join('; ')}`,
    hint: 'Run them where it was made: millrace bundle test FILE. A model that fails its vectors only here was made on another kind of machine: see its card.',
  },
  JUDGE_FAILED: {
    title: 'cannot be tested',
    meaning: 'The process that holds a new bundle against the gateway did not come to a result.',
    message: (v: { what: string; reason: string }) => `${v.what} came to no result: ${v.reason}`,
    hint: 'Run it on the gateway to see more: the command is named above. What runs goes on running.',
  },
  ROLLOUT_STATE_TOO_NEW: {
    title: 'state too new',
    meaning:
      'A newer Millrace has written how the gateway’s deploys stand. The last bundle that held runs; nothing new is taken.',
    message: (v: { file: string; format: number; known: number }) =>
      `${v.file} has format ${v.format}, this Millrace knows ${v.known}`,
    hint: 'Install the newer Millrace again.',
  },
});

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
