import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('node-red', {
  SETTING_INVALID: {
    title: 'wrong setting',
    meaning: 'A setting of a node has a value that the node cannot use.',
    message: (v: { type: string; setting: string; value: string; problem: string }) =>
      `${v.type}: setting "${v.setting}" is ${v.value}: ${v.problem}`,
    hint: 'Open the node and correct the setting, then deploy.',
  },
  CONFIG_NODE_MISSING: {
    title: 'config missing',
    meaning: 'A node refers to a config node (board, model, target) that the flow does not hold, or that is disabled.',
    message: (v: { type: string; id: string }) => `${v.type}: there is no config node "${v.id}"`,
    hint: 'Open the node, choose another in the list or leave it at the default, then deploy.',
  },
  NODE_WITHOUT_POSITION: {
    title: 'no x and y',
    meaning:
      'A flow file holds a node without a position. Node-RED takes such a node for a config node and wires nothing to it.',
    message: (v: { type: string; id: string }) => `${v.type} "${v.id}" has no x and y in the flow file`,
    hint: 'Give the node an x and a y in the flow file, or drag it onto the canvas again.',
  },
  NODE_NOT_READY: {
    title: 'not yet ready',
    meaning: 'More messages came while a node was still being set up than may wait for it.',
    message: (v: { type: string; waiting: number }) => `${v.type}: ${v.waiting} messages wait until it is set up`,
    hint: 'Send fewer messages at the start, or set MILLRACE_LIMIT_NODE_SETUP_MESSAGES higher.',
  },
  MESSAGE_NOT_PLAIN: {
    title: 'message not plain',
    meaning:
      'A message holds an object of a class. Node-RED clones messages where a wire forks, and such objects do not survive it.',
    message: (v: { property: string; kind: string }) => `msg.${v.property} is a ${v.kind}, not plain data`,
    hint: 'Put only plain values, arrays, objects, buffers and typed arrays into messages.',
  },
  DESTINATION_UNKNOWN: {
    title: 'no such destination',
    meaning: 'Something was asked of a destination for which nothing waits and to which nothing sends.',
    message: (v: { destination: string; known: readonly string[] }) => `there is no destination "${v.destination}"`,
    hint: (v: { destination: string; known: readonly string[] }) =>
      v.known.length === 0
        ? 'Wire an "upload" node and deploy: its target is a destination from then on.'
        : `There are: ${v.known.join(', ')}.`,
  },
  REQUEST_INVALID: {
    title: 'wrong request',
    meaning: 'A browser asked an admin route for something that it does not offer.',
    message: (v: { setting: string; problem: string }) => `the request is wrong at "${v.setting}": ${v.problem}`,
    hint: 'Reload the editor: it may be of another version than the gateway.',
  },
  NODE_NOT_RUNNING: {
    title: 'node not running',
    meaning: 'A node was to be recorded, or told something, that is not deployed, or is disabled.',
    message: (v: { node: string }) => `no node "${v.node}" is running`,
    hint: 'Deploy the flow first.',
  },
  TOO_MANY_RECORDINGS: {
    title: 'too many recordings',
    meaning: 'As many recordings were started from the sidebar as may run at once.',
    message: (v: { running: number }) => `${v.running} recordings are running already`,
    hint: 'Stop one first. For recordings that run for long, use a "record" node.',
  },
  TEST_RECORDING_TOO_LARGE: {
    title: 'recording too large',
    meaning: 'A recording was to be put beside a flow test, and is too large for that.',
    message: (v: { recording: string; limit: number }) =>
      `the recording "${v.recording}" is larger than ${Math.round(v.limit / 1024 ** 2)} MB`,
    hint: 'Record only the part that the test needs.',
  },
  MODEL_UPLOAD_TOO_LARGE: {
    title: 'model too large',
    meaning: 'A model file was sent from the editor that is larger than may be held while it is imported.',
    message: (v: { file: string; limit: number }) =>
      `"${v.file}" is larger than ${Math.round(v.limit / 1024 ** 2)} MB with what belongs to it`,
    hint: 'Import it with `millrace model import FILE`, or set MILLRACE_LIMIT_MODEL_UPLOAD_BYTES higher.',
  },
  DATA_UPLOAD_TOO_LARGE: {
    title: 'file too large',
    meaning: 'A file of examples was sent from the editor that is larger than may be taken that way.',
    message: (v: { file: string; limit: number }) => `"${v.file}" is larger than ${Math.round(v.limit / 1024 ** 2)} MB`,
    hint: 'Import it with `millrace data import NAME FILE`, or set MILLRACE_LIMIT_DATA_UPLOAD_BYTES higher.',
  },
  MODEL_UPLOAD_GONE: {
    title: 'upload gone',
    meaning: 'A model that was sent from the editor was not imported in time, or others have taken its place.',
    message: (v: { minutes: number }) => `the model file is not held any more: it is kept for ${v.minutes} minutes`,
    hint: 'Choose the file again.',
  },
  PREVIEW_WITHOUT_SETTINGS: {
    title: 'no settings',
    meaning: 'A preview was asked for without the settings that it is to be of.',
    message: (v: { type: string }) => `a preview of "${v.type}" was asked for without settings`,
    hint: 'Send {"id": …, "settings": {…}} as JSON.',
  },
  CLOSE_FAILED: {
    title: 'close failed',
    meaning: 'A node could not let go of what it held when its flow was stopped.',
    message: (v: { type: string; reason: string }) => `${v.type} could not close cleanly: ${v.reason}`,
    hint: 'If the next deploy does not work either, restart Millrace.',
  },
});
