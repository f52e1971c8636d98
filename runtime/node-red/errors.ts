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
