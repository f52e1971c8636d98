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
  ROOT_REFUSED: {
    title: 'not as root',
    meaning: 'A bundle was to be run by the user root: its flow could do anything to the machine.',
    message: (v: { user: string }) => `a flow should not run as ${v.user}`,
    hint: `Use a user of its own (${MILLRACE} gateway install makes one), or add --allow-root.`,
  },
  GATEWAY_OF_ANOTHER: {
    title: 'other user',
    meaning:
      'Root was to write into the folder of a gateway that belongs to another user, who could not read that afterwards.',
    message: (v: { userDir: string; user: string; command: string }) =>
      `${v.userDir} belongs to ${v.user}, not to root`,
    hint: (v: { userDir: string; user: string; command: string }) =>
      `Do it as that user: sudo -u ${v.user} ${MILLRACE} gateway ${v.command} --user-dir ${v.userDir}`,
  },
  ROOT_UNKNOWN: {
    title: 'trust unknown',
    meaning: 'There is no file that says whose signature on a bundle is good here, or it cannot be read.',
    message: (v: { file: string; given: boolean; reason: string }) =>
      v.given
        ? `cannot use ${v.file}: ${v.reason}`
        : `nothing on this device says whom to trust: ${v.file} is not there`,
    hint: `Give the file that "${MILLRACE} keys root make" wrote with --root FILE, pair the gateway, or add --unsigned to run the bundle whoever made it.`,
  },
  ACCEPTED_DAMAGED: {
    title: 'file was damaged',
    meaning:
      'The file that says which release was the newest here is damaged. Without it an older one could come back.',
    message: (v: { file: string }) => `${v.file} is not what ${MILLRACE} run writes`,
    hint: 'If the bundle is the newest that you have, delete the file and start again.',
  },
  USER_DIR_TAKEN: {
    title: 'in use already',
    meaning:
      'A studio, a gateway or a run of a bundle works in this user directory already: its queues and data are for one at a time.',
    message: (v: { userDir: string; by: string }) => `${v.userDir} is in use by ${v.by}`,
    hint: 'Stop that, or give this one a folder of its own: --user-dir FOLDER, with every command that is meant for it.',
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
  FLOW_UNKNOWN: {
    title: 'flow not found',
    meaning: 'The flow whose tests were to run is neither one that Millrace knows nor a file.',
    message: (v: { flow: string; looked: string; isFolder: boolean; known: readonly string[] }) =>
      v.isFolder
        ? `${v.looked} is a folder without a flow.json`
        : `there is no flow "${v.flow}", nor a file ${v.looked}`,
    hint: (v: { known: readonly string[] }) =>
      `Give the path of a flow file, or one of these: ${v.known.join(', ') || 'none'}.`,
  },
  TEST_UNKNOWN: {
    title: 'test not found',
    meaning: 'No flow that was named has a test of this name.',
    message: (v: { test: string; known: readonly string[] }) => `there is no test "${v.test}"`,
    hint: (v: { test: string; known: readonly string[] }) => `There are: ${v.known.join(', ')}.`,
  },
  NO_TESTS: {
    title: 'no tests',
    meaning: 'The flow has no tests.',
    message: (v: { flow: string; command: string; folders: readonly string[] }) => `the flow "${v.flow}" has no tests`,
    hint: (v: { flow: string; command: string; folders: readonly string[] }) =>
      [
        `Put one, say "button.json", into ${v.folders.join(' or ')}. For example:`,
        ...EXAMPLE.map((line) => `    ${line}`),
        `  Then run: ${MILLRACE} test ${v.command}`,
      ].join('\n'),
  },
  MODEL_FILE_UNREADABLE: {
    title: 'file not readable',
    meaning: 'What was to be imported is neither a model file nor the folder of a model package.',
    message: (v: { path: string; reason: string }) => `cannot read ${v.path}: ${v.reason}`,
    hint: 'Give the path of an .onnx file, or of a folder with a model.json.',
  },
  DATA_FILE_MISSING: {
    title: 'no such file',
    meaning: 'The file from which examples were to be taken is not there.',
    message: (v: { path: string }) => `there is no file ${v.path}`,
    hint: `Give the path of a CSV, JSONL or Parquet file, or the name of a recording. Add --help to see examples: ${MILLRACE} data import --help`,
  },
  MODEL_NOT_STORED: {
    title: 'model not stored',
    meaning: 'A model that was to be imported did not answer when it was tried.',
    message: (v: { problem: string }) => `not stored, because it did not answer: ${v.problem}`,
    hint: (v: { hint: string }) => `${v.hint} To store it all the same, add --force.`,
  },
  EXPORT_UNWRITABLE: {
    title: 'not exported',
    meaning: 'The place to which a model was to be exported holds something already, or cannot be written.',
    message: (v: { path: string; reason: string }) => `cannot export to ${v.path}: ${v.reason}`,
    hint: 'Give a folder that does not exist yet, or a file that ends in .onnx.',
  },
  REPORT_UNWRITABLE: {
    title: 'report not written',
    meaning: 'The file of a report, of flow tests or of drift, cannot be written.',
    message: (v: { file: string; reason: string }) => `cannot write ${v.file}: ${v.reason}`,
    hint: 'Name a file in a folder that exists and that you may write, after --junit or --output.',
  },
  KEYS_MISSING: {
    title: 'no keys',
    meaning: 'There are no keys to export, or to read encrypted fields with.',
    message: (v: { file: string }) => `there are no keys: no file ${v.file}`,
    hint: `Keys are made when a target protects its first field. Elsewhere, give those of the gateway that sent the messages: ${MILLRACE} keys export --output FILE there, and here --keys FILE.`,
  },
  KEYS_NOT_WRITTEN: {
    title: 'keys not written',
    meaning: 'The file to which keys were to be exported is there already, or cannot be written.',
    message: (v: { file: string; reason: string }) => `cannot write ${v.file}: ${v.reason}`,
    hint: 'Name a file that does not exist yet, in a folder that you may write, after --output.',
  },
  SIGNED_FILE_UNREADABLE: {
    title: 'file not readable',
    meaning: 'A file with something signed, or to be signed, cannot be read, or a root of trust is no JSON.',
    message: (v: { file: string; reason: string }) => `cannot read ${v.file}: ${v.reason}`,
    hint: `Check the path. A root of trust is written by "${MILLRACE} keys root make", a bundle by "${MILLRACE} bundle pack".`,
  },
  SIGNED_FILE_NOT_WRITTEN: {
    title: 'file not written',
    meaning: 'What was signed could not be written. What was there before is as it was.',
    message: (v: { file: string; reason: string }) => `cannot write ${v.file}: ${v.reason}`,
    hint: 'Name a file in a folder that you may write; one that must be new may not be there yet.',
  },
  ROOT_FILE_UNREADABLE: {
    title: 'file not readable',
    meaning: 'The file with the root that a gateway is to trust cannot be read, or is no JSON.',
    message: (v: { file: string; reason: string }) => `cannot read ${v.file}: ${v.reason}`,
    hint: `Give the file that "${MILLRACE} keys root make" or "keys root rotate" wrote.`,
  },
  ROOT_IS_ANOTHER: {
    title: 'another root pinned',
    meaning: 'The gateway trusts the keys of one root, and was given another one that does not follow it.',
    message: (v: { file: string; version: number }) =>
      `what ${v.file} trusts is another root of the same version ${v.version}: it stays`,
    hint: (v: { file: string }) =>
      `A newer version must be signed by the keys of the pinned one. To trust whom that one does not name, delete ${v.file} first.`,
  },
  INSTALL_UNFIT: {
    title: 'cannot install',
    meaning: 'The gateway cannot be made a service of this system.',
    message: (v: { reason: string; hint: string }) => v.reason,
    hint: (v: { reason: string; hint: string }) => v.hint,
  },
  MESSAGES_UNREADABLE: {
    title: 'file not readable',
    meaning: 'The file with messages whose fields were to be opened cannot be read.',
    message: (v: { file: string; reason: string }) => `cannot read ${v.file}: ${v.reason}`,
    hint: 'Give the path of a file with one message a line, or - to read standard input.',
  },
  PROFILE_FILE_MISSING: {
    title: 'no profile',
    meaning: 'The file with the profile of another machine cannot be read.',
    message: (v: { file: string; reason: string }) => `cannot read ${v.file}: ${v.reason}`,
    hint: `Make it on that machine: ${MILLRACE} doctor --profile --json > profile.json`,
  },
  DRIFT_NODE_UNKNOWN: {
    title: 'not watched',
    meaning: 'The name of a drift node fits none that is watched on this machine, or several.',
    message: (v: { node: string; several: boolean; known: readonly { id: string; name: string }[] }) =>
      v.several ? `several drift nodes are called "${v.node}"` : `there is no drift node "${v.node}"`,
    hint: (v: { node: string; several: boolean; known: readonly { id: string; name: string }[] }) =>
      v.known.length === 0
        ? `Nothing has been watched in this user directory yet. Another one is named by --user-dir. See: ${MILLRACE} drift list`
        : `Give one of these: ${v.known.map(({ id, name }) => `${id} ("${name}")`).join(', ')}. See: ${MILLRACE} drift list`,
  },
  OUTBOX_EMPTY: {
    title: 'no outbox',
    meaning: 'Nothing was ever uploaded from the user directory: there is no queue in it.',
    message: (v: { userDir: string }) => `nothing was uploaded from ${v.userDir} yet`,
    hint: `Another user directory is named by --user-dir. To begin, wire an "upload" node and start it: ${MILLRACE} start`,
  },
  OUTBOX_HELD: {
    title: 'outbox in use',
    meaning: 'A gateway that runs holds the queue: nothing else may change it.',
    message: (v: { userDir: string }) => `a Millrace or Node-RED that runs on ${v.userDir} holds the outbox`,
    hint: `Do it in the sidebar of its editor, part "Outbox"; or stop it first. What can be seen meanwhile: ${MILLRACE} outbox list`,
  },
  OUTBOX_DESTINATION_UNKNOWN: {
    title: 'no such destination',
    meaning: 'The name of a destination fits none that the outbox knows, or several.',
    message: (v: { destination: string; several: boolean; known: readonly { id: string; name: string }[] }) =>
      v.several ? `several destinations are called "${v.destination}"` : `there is no destination "${v.destination}"`,
    hint: (v: { destination: string; several: boolean; known: readonly { id: string; name: string }[] }) =>
      v.known.length === 0
        ? `Nothing waits for anybody. See: ${MILLRACE} outbox list`
        : `Give one of these: ${v.known.map(({ id, name }) => (name === '' ? id : `${id} ("${name}")`)).join(', ')}. See: ${MILLRACE} outbox list`,
  },
  LEDGER_MISSING: {
    title: 'no ledger yet',
    meaning: 'A gateway that runs holds the queue, and has not yet written the file that says how it stands.',
    message: (v: { file: string }) => `there is no ${v.file}`,
    hint: 'It is written within ten seconds after something changes: wait, or look at the sidebar, part "Outbox".',
  },
  LEDGER_DAMAGED: {
    title: 'ledger damaged',
    meaning: 'The file that says how the outbox stands cannot be read, or a newer Millrace has written it.',
    message: (v: { file: string }) => `${v.file} is not a ledger that this version knows`,
    hint: 'A gateway that runs writes it anew within ten seconds after something changes. Stop it to ask the queue itself.',
  },
  DESTINATION_UNNAMED: {
    title: 'which destination?',
    meaning: 'A ledger knows several destinations, and a receiver can be compared with one of them.',
    message: (v: { known: readonly { id: string; name: string; address: string }[] }) =>
      `the ledger knows ${v.known.length} destinations: to which of them does the receiver belong?`,
    hint: (v: { known: readonly { id: string; name: string; address: string }[] }) =>
      `Add --destination with one of these: ${v.known.map(({ id, name, address }) => `${name || id}${address === '' ? '' : ` (${address})`}`).join(', ')}.`,
  },
  LETTERS_UNNAMED: {
    title: 'nothing named',
    meaning: 'Messages were to be deleted, but neither their numbers nor --all were given, or both.',
    message: (v: { destination: string }) => `which refused messages of "${v.destination}" are to be deleted?`,
    hint: (v: { destination: string }) =>
      `Give their numbers, or --all. See: ${MILLRACE} outbox dead list ${v.destination}`,
  },
});

/** A first test: presses a button, and looks at what comes out of the node behind it. */
const EXAMPLE = [
  '{',
  '  "format": 1,',
  '  "name": "the button works",',
  '  "give": [{ "node": "my inject node", "at": "1 s" }],',
  '  "expect": [{ "node": "my function node", "property": "payload", "is": 42, "within": "2 s" }]',
  '}',
];
