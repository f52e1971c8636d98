import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('flow-test', {
  TEST_NODE_UNKNOWN: {
    title: 'no such node',
    meaning: 'A flow test names a node that the flow does not have.',
    message: (v: { node: string; setting: string; known: readonly string[] }) =>
      `"${v.setting}" names the node "${v.node}", which the flow does not have`,
    hint: (v: { node: string; setting: string; known: readonly string[] }) =>
      `The flow has: ${v.known.join(', ') || 'no nodes'}. Name a node by its name or its id.`,
  },
  TEST_NODE_AMBIGUOUS: {
    title: 'several such nodes',
    meaning: 'A flow test names a node by a name that several nodes of the flow have.',
    message: (v: { node: string; setting: string; ids: readonly string[] }) =>
      `"${v.setting}" names the node "${v.node}", but ${v.ids.length} nodes are called so`,
    hint: (v: { node: string; setting: string; ids: readonly string[] }) =>
      `Use the id of the one that is meant: ${v.ids.join(', ')}.`,
  },
  TEST_OUTPUT_UNKNOWN: {
    title: 'no such output',
    meaning: 'A flow test names an output that the node does not have.',
    message: (v: { node: string; setting: string; output: number; outputs: number }) =>
      `"${v.setting}" names output ${v.output} of "${v.node}", which has ${v.outputs === 0 ? 'no output' : v.outputs}`,
    hint: 'Outputs are counted from 1, from the top. To look at what arrives at a node, say "input": true.',
  },
  TEST_CONFIG_NAMES_ITSELF: {
    title: 'names itself',
    meaning: 'A setting of a config node is the node’s own id. Node-RED takes it for a reference, and starts no flow.',
    message: (v: { node: string; type: string; setting: string }) =>
      `the ${v.type} "${v.node}" has its own id as its setting "${v.setting}", which Node-RED takes for a reference to itself`,
    hint: (v: { setting: string }) => `Change the setting "${v.setting}" or the id: one letter is enough.`,
  },
  TEST_STALLED: {
    title: 'test stalled',
    meaning: 'A flow under test did not come to rest: something in it runs without end, or never answers.',
    message: (v: { seconds: number; virtual: string; doing: string }) =>
      `after ${v.virtual} of the flow's time nothing moved on for ${v.seconds} s: ${v.doing}`,
    hint: 'Look for a wire that leads back to its own node, or a loop in a function node that does not end.',
  },
  TEST_TOO_LONG: {
    title: 'test too long',
    meaning: 'A flow test took longer than a test may take, and was ended.',
    message: (v: { seconds: number; virtual: string }) =>
      `the test was ended after ${v.seconds} s, in which ${v.virtual} of the flow's time passed`,
    hint: 'Give the test a shorter "duration" or recording, or set MILLRACE_LIMIT_FLOW_TEST_MS higher.',
  },
  TEST_CRASHED: {
    title: 'process ended',
    meaning: 'The process in which a flow test ran ended before the test did.',
    message: (v: { reason: string }) => `the process that ran the test ended: ${v.reason}`,
    hint: 'A node ended it (process.exit, out of memory, a fault in a native module). What it wrote last is above.',
  },
  TEST_FLOW_UNREADABLE: {
    title: 'flow unreadable',
    meaning: 'The flow file whose tests were to run cannot be read.',
    message: (v: { file: string; reason: string }) => `cannot read the flow ${v.file}: ${v.reason}`,
    hint: 'Give the path of a flow file that exists, and that the user who runs the tests may read.',
  },
});
