import { defineErrors } from '../../base/index.ts';

export const errors = defineErrors('supervisor', {
  GATEWAY_RUNNING: {
    title: 'gateway runs',
    meaning: 'A gateway was to be started in a user directory in which one runs already.',
    message: (v: { userDir: string }) => `a gateway runs in ${v.userDir} already`,
    hint: 'See what it does: millrace gateway status. To start it anew: millrace gateway restart.',
  },
  GATEWAY_NOT_RUNNING: {
    title: 'gateway stopped',
    meaning: 'Something was asked of a gateway that does not run.',
    message: (v: { userDir: string }) => `no gateway runs in ${v.userDir}`,
    hint: 'Start it: millrace gateway start, or systemctl start millrace-gateway. Another user directory is named by --user-dir.',
  },
  GATEWAY_SILENT: {
    title: 'no answer',
    meaning: 'The gateway ended, or broke the line, before it had answered.',
    message: (v: { asked: string }) => `the gateway gave no answer to "${v.asked}"`,
    hint: 'Ask again. If it ended, its log says why: millrace gateway log.',
  },
  GATEWAY_REQUEST_INVALID: {
    title: 'wrong request',
    meaning: 'Another version of Millrace asked the running gateway something that this one does not know.',
    message: (v: { problem: string }) => `the gateway did not understand what it was asked: ${v.problem}`,
    hint: 'Use the command of the version that runs: after an update restart the gateway.',
  },
  GATEWAY_FILE_DAMAGED: {
    title: 'gateway.json broken',
    meaning:
      'The file with the gateway’s name, group and studio cannot be read. Its flow runs on; it takes no deploys and reaches no studio.',
    message: (v: { file: string; reason: string }) => `${v.file} cannot be used: ${v.reason}`,
    hint: 'Restore it from a backup, or delete it and pair the gateway again. The bundle that runs is not touched by either.',
  },
  GATEWAY_FILE_TOO_NEW: {
    title: 'gateway.json newer',
    meaning:
      'A newer Millrace has written the file with the gateway’s name, group and studio. Its flow runs on; it takes no deploys and reaches no studio.',
    message: (v: { file: string; format: number; known: number }) =>
      `${v.file} has format ${v.format}, this version knows ${v.known}`,
    hint: 'Install the newer Millrace again.',
  },
  ROOT_UNPINNED: {
    title: 'trusts nobody yet',
    meaning: 'A bundle came to a gateway that has no root of trust yet: it cannot tell whose bundles it may run.',
    message: (v: { file: string }) => `this gateway trusts nobody yet: there is no ${v.file}`,
    hint: 'Pair it with a studio (millrace gateway pair CODE), or give it a root: millrace gateway trust ROOT.json',
  },
  PINNED_ROOT_DAMAGED: {
    title: 'root damaged',
    meaning: 'The file with the root that the gateway trusts cannot be read. What runs goes on; nothing new is taken.',
    message: (v: { file: string; reason: string }) => `${v.file} cannot be used: ${v.reason}`,
    hint: 'Restore it from a backup, or delete it and pair the gateway again (or: millrace gateway trust ROOT.json).',
  },
  BUNDLE_FILE_UNREADABLE: {
    title: 'file not readable',
    meaning: 'The bundle that was to be deployed from a file is not there, or the gateway’s user may not read it.',
    message: (v: { file: string; reason: string }) => `the gateway cannot read ${v.file}: ${v.reason}`,
    hint: 'Give the path of a .mrb file that the user who runs the gateway may read.',
  },
  FLOW_CRASHED: {
    title: 'flow crashed',
    meaning: 'The process of the flow ended without having been asked to.',
    message: (v: { how: string; last: string }) =>
      `the flow's process ended by itself (${v.how})${v.last === '' ? '' : `: ${v.last}`}`,
    hint: 'It is started again. What it wrote before is in the log: millrace gateway log',
  },
  FLOW_HUNG: {
    title: 'flow hung',
    meaning: 'The process of the flow gave no sign of life for too long, and was ended by force.',
    message: (v: { seconds: number; doing: string }) =>
      `the flow gave no sign of life for ${v.seconds} s${v.doing === '' ? '' : ` while ${v.doing}`}`,
    hint: 'It is started again. Look for a loop that never ends, in a function node before all: millrace gateway log',
  },
  FLOW_OUT_OF_MEMORY: {
    title: 'out of memory',
    meaning:
      'The process of the flow took more memory than it may, and was ended before the system would have ended something.',
    message: (v: { used: string; ceiling: string }) => `the flow took ${v.used} of memory; its ceiling is ${v.ceiling}`,
    hint: 'It is started again. Look for what it collects (context, joins, long windows), or give it more: --max-memory',
  },
  GATEWAY_FOLDER_UNUSABLE: {
    title: 'folder unusable',
    meaning: 'The folder in which a gateway keeps what it runs cannot be made.',
    message: (v: { directory: string; reason: string }) =>
      `the gateway cannot keep anything in ${v.directory}: ${v.reason}`,
    hint: 'Choose a folder that its user may write, with --user-dir, or give this one to it: sudo chown -R USER FOLDER.',
  },
  FLOW_NOT_UP: {
    title: 'flow not up',
    meaning: 'Something was asked of the flow while its process was not running.',
    message: (v: { process: string }) => `the flow is not up (${v.process})`,
    hint: 'Why not is said by millrace gateway status, and in more detail by millrace gateway log.',
  },
  PROFILE_FAILED: {
    title: 'no profile',
    meaning: 'The gateway could not measure what its machine has.',
    message: (v: { reason: string }) => `no profile of this machine: ${v.reason}`,
    hint: 'Try it on the gateway: millrace doctor',
  },
});
