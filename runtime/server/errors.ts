import { defineErrors } from '../base/index.ts';
import type { GatewayProblem } from '../messages/index.ts';

/** How the command is called here: what starts it another way, as npm does in a checkout, says so. */
const MILLRACE = process.env['MILLRACE_COMMAND'] ?? 'millrace';

export const errors = defineErrors('server', {
  PORT_IN_USE: {
    title: 'port in use',
    meaning: 'Another program listens on the port that Millrace was to use.',
    message: (v: { host: string; port: number; free: number | undefined }) =>
      `port ${v.port} on ${v.host} is used by another program`,
    hint: (v: { host: string; port: number; free: number | undefined }) =>
      v.free === undefined
        ? 'Stop the other program, or choose another port with --port.'
        : `Stop the other program, or start with --port ${v.free}, which is free.`,
  },
  ADDRESS_UNUSABLE: {
    title: 'address unusable',
    meaning: 'The host or port to listen on does not exist on this machine, or this user may not use it.',
    message: (v: { host: string; port: number; reason: string }) =>
      `cannot listen on ${v.host}, port ${v.port}: ${v.reason}`,
    hint: 'Use an address of this machine and a port above 1023, for example --host 127.0.0.1 --port 1880.',
  },
  PASSWORD_REQUIRED: {
    title: 'password required',
    meaning: 'Millrace was to listen where other machines reach it, but nobody has set an admin password.',
    message: (v: { host: string; userDir: string }) =>
      `host ${v.host} is open to other machines, and ${v.userDir} has no admin password: anyone could run code here`,
    hint: (v: { host: string; userDir: string }) => `Set a password first: ${MILLRACE} passwd --user-dir ${v.userDir}`,
  },
  PASSWORD_UNFIT: {
    title: 'password unfit',
    meaning: 'The password is too short, or longer than what bcrypt takes into account.',
    message: (v: { bytes: number; least: number; most: number }) =>
      `the password has ${v.bytes} bytes; ${v.least} to ${v.most} are possible`,
    hint: 'Choose another password: several unrelated words make a good one.',
  },
  PASSWORD_FILE_DAMAGED: {
    title: 'password damaged',
    meaning: 'The file with the admin password is not what `millrace passwd` writes.',
    message: (v: { file: string; userDir: string }) => `the password file ${v.file} cannot be understood`,
    hint: (v: { file: string; userDir: string }) => `Set it again: ${MILLRACE} passwd --user-dir ${v.userDir}`,
  },
  TLS_FILE_UNUSABLE: {
    title: 'TLS file unusable',
    meaning: 'The certificate or the key cannot be read, is not PEM, or the two do not belong together.',
    message: (v: { cert: string; key: string; reason: string }) =>
      `cannot serve TLS with ${v.cert} and ${v.key}: ${v.reason}`,
    hint: 'Give a PEM certificate and the PEM key that belongs to it, readable by the user that runs Millrace.',
  },
  USER_DIR_UNUSABLE: {
    title: 'folder unusable',
    meaning: 'Millrace cannot make or write its user directory.',
    message: (v: { userDir: string; reason: string }) => `cannot write the user directory ${v.userDir}: ${v.reason}`,
    hint: 'Choose another with --user-dir, or give this one to the user that runs Millrace.',
  },
  CREDENTIALS_NOT_OPENED: {
    title: 'secrets closed',
    meaning:
      'The file in which Node-RED keeps the passwords of a flow cannot be opened with the secret of this user directory.',
    message: (v: { file: string }) => `${v.file} cannot be opened`,
    hint: 'Give the user directory that the flow was edited in (--user-dir), or enter the passwords again in the editor.',
  },
  STATE_FILE_DAMAGED: {
    title: 'file was damaged',
    meaning:
      'A file of the user directory was cut short or overwritten. It was set aside and, where possible, restored.',
    message: (v: { file: string; kept: string; restored: boolean }) =>
      `${v.file} is not JSON; it is kept as ${v.kept}${v.restored ? ', and the copy before it is used' : ''}`,
    hint: (v: { file: string; kept: string; restored: boolean }) =>
      v.restored
        ? 'Look at what you changed last: the newest change may be missing.'
        : 'Millrace starts without it. Compare the kept file if a setting or a saved password is missing.',
  },
  FLOW_NOT_FOUND: {
    title: 'flow not found',
    meaning: 'The flow to start is neither one that comes with Millrace nor a file.',
    message: (v: { flow: string; known: readonly string[] }) => `there is no flow "${v.flow}"`,
    hint: (v: { flow: string; known: readonly string[] }) =>
      `Give the path of a flow file, or one of the flows that come with Millrace: ${v.known.join(', ') || 'none'}.`,
  },
  FILE_UNUSABLE: {
    title: 'file unusable',
    meaning: 'A flow file, or a file or folder of the user directory, cannot be read or written by this user.',
    message: (v: { file: string; reason: string }) => `cannot use ${v.file}: ${v.reason}`,
    hint: 'Give the file and its folder to the user that runs Millrace, or choose others with --flow and --user-dir.',
  },
  FLOW_NOT_JSON: {
    title: 'flow not JSON',
    meaning: 'The flow file is not JSON: cut short, or edited by hand and broken.',
    message: (v: { file: string; reason: string }) => `${v.file} is not JSON: ${v.reason}`,
    hint: 'Mend the file, restore the copy that Node-RED keeps beside it (.NAME.backup), or start another with --flow.',
  },
  FLOW_NOT_A_FLOW: {
    title: 'not a flow',
    meaning: 'The file is JSON, but not a list of nodes as Node-RED exports it.',
    message: (v: { file: string; found: string }) => `${v.file} holds ${v.found}, not a list of nodes`,
    hint: 'Give a file that the editor exported (menu, Export, all flows).',
  },
  NODE_TYPE_UNKNOWN: {
    title: 'unknown type',
    meaning: 'The flow holds a node whose type no installed package brings. The rest of the flow runs.',
    message: (v: { type: string; id: string }) => `node "${v.id}" is of type "${v.type}", which is not installed`,
    hint: (v: { type: string; id: string }) =>
      `Install the package that brings "${v.type}" into the user directory, or delete the node.`,
  },
  NODE_TYPE_OFF: {
    title: 'type is off',
    meaning:
      'The node can do anything on the device, and the bundle does not allow its type. The rest of the flow runs.',
    message: (v: { type: string; id: string }) =>
      `node "${v.id}" is of type "${v.type}", which this bundle does not allow`,
    hint: (v: { type: string; id: string }) =>
      `Delete the node, or allow its type when the bundle is made: ${MILLRACE} bundle pack --allow "${v.type}".`,
  },
  BUNDLE_SETTINGS_MISSING: {
    title: 'settings missing',
    meaning: 'The bundle leaves settings to the device, and some are set nowhere on it.',
    message: (v: { missing: readonly { readonly name: string; readonly use: string }[] }) =>
      `${v.missing.length === 1 ? 'a setting is' : `${v.missing.length} settings are`} missing on this device: ${v.missing.map(({ name, use }) => `${name} (${use})`).join(', ')}`,
    hint: (v: { missing: readonly { readonly name: string; readonly use: string }[] }) =>
      `Set each: ${MILLRACE} gateway set ${v.missing[0]?.name ?? 'NAME'}. They may also stand in the environment, or in settings.env of the user directory.`,
  },
  SETTINGS_FILE_MISSING: {
    title: 'no such file',
    meaning: 'The file that settings were to be read from is not there.',
    message: (v: { file: string }) => `there is no ${v.file} to read settings from`,
    hint: 'Give the path of a file with a line NAME=VALUE for each setting.',
  },
  MEMORY_HIGH: {
    title: 'memory high',
    meaning: 'The process takes nearly as much memory as it may. At its ceiling it ends in order and is started again.',
    message: (v: { used: number; ceiling: number }) =>
      `${v.used} MB of memory in use, ${v.ceiling} MB is the most this process may take`,
    hint: 'See whether a node keeps more and more (a function with a growing array, a long window). More is given by --max-memory.',
  },
  MEMORY_CEILING: {
    title: 'out of memory',
    meaning: 'The process took as much memory as it may, and ended in order before the system would have killed it.',
    message: (v: { used: number; ceiling: number }) =>
      `${v.used} MB of memory in use, and ${v.ceiling} MB is the most this process may take: it ends and is started again`,
    hint: 'See whether a node keeps more and more (a function with a growing array, a long window). More is given by --max-memory.',
  },
  SUBFLOW_MISSING: {
    title: 'subflow missing',
    meaning: 'The flow uses a subflow whose definition it does not hold. The rest of the flow runs.',
    message: (v: { subflow: string; id: string }) => `node "${v.id}" is a subflow "${v.subflow}", which the flow lacks`,
    hint: 'Import the subflow again, or delete the node, then deploy.',
  },
  NODE_THREW_LATER: {
    title: 'threw later',
    meaning: 'Code that a node started (a timer, a promise) threw when nobody waited for it. Millrace went on.',
    message: (v: { reason: string }) => `thrown after the node had handled its message: ${v.reason}`,
    hint: 'In a function node, catch errors in timers and promises and pass them to node.error(error, msg).',
  },
  UNCAUGHT: {
    title: 'uncaught error',
    meaning: 'Something outside any node threw and nobody caught it. Millrace went on.',
    message: (v: { reason: string }) => `an error that nobody caught: ${v.reason}`,
    hint: 'If it comes again, restart Millrace and report it with the log.',
  },
  REQUEST_FOREIGN: {
    title: 'request refused',
    meaning: 'Without an admin password only this machine is served, under a loopback name, from pages of its own.',
    message: (v: { what: string; value: string }) => `refused: ${v.what} "${v.value}" is not this server's own`,
    // The page that asks is told no path.
    hint: `Open the address that Millrace printed, or set a password: ${MILLRACE} passwd --user-dir FOLDER`,
  },
  PALETTE_MISSING: {
    title: 'palette missing',
    meaning: 'The package "millrace" with the nodes was not found beside the server.',
    message: (v: { reason: string }) => `the package "millrace" was not found: ${v.reason}`,
    hint: 'In a checkout run: npm run build. Elsewhere install it: npm install millrace',
  },
  NODE_RED_FAILED: {
    title: 'start failed',
    meaning: 'Node-RED did not start.',
    message: (v: { reason: string }) => `Node-RED did not start: ${v.reason}`,
    hint: 'Read the lines above; if they do not help, start with an empty --user-dir to see whether it is the cause.',
  },
  GATEWAY_UNFIT: {
    title: 'does not fit',
    meaning: 'A bundle needs something that the gateway lacks, by what the gateway has measured. Nothing was sent.',
    message: (v: { bundle: string; gateway: string; problems: readonly GatewayProblem[] }) =>
      `"${v.bundle}" does not fit the gateway "${v.gateway}": ${v.problems.map(({ message }) => message).join('; ')}`,
    hint: (v: { bundle: string; gateway: string; problems: readonly GatewayProblem[] }) =>
      [...new Set(v.problems.map(({ hint }) => hint))].join(' '),
  },
});
