import { defineErrors } from '../../base/index.ts';

const list = (names: readonly string[]) => names.slice(0, 8).join(', ') + (names.length > 8 ? ' …' : '') || 'none';

export const errors = defineErrors('models/import', {
  IMPORT_NAME_INVALID: {
    title: 'wrong model name',
    meaning: 'What was given as the name of a model cannot be one.',
    message: (v: { name: string }) => `"${v.name}" cannot be the name of a model`,
    hint: 'Take lower-case letters, digits, ".", "_" and "-", beginning with a letter or digit: pump-health.',
  },
  IMPORT_UNKNOWN_NAME: {
    title: 'no such input',
    meaning: 'A choice for the import names an input or output that the model does not have.',
    message: (v: { what: 'input' | 'output'; name: string; known: readonly string[] }) =>
      `the model has no ${v.what} "${v.name}": there is ${list(v.known)}`,
    hint: 'Take the name as the proposal shows it.',
  },
  IMPORT_FEATURES_COUNT: {
    title: 'wrong feature count',
    meaning: 'There are not as many names or units of features as the input takes values.',
    message: (v: { what: string; input: string; expected: number; got: number }) =>
      `the input "${v.input}" takes ${v.expected} value${v.expected === 1 ? '' : 's'}, got ${v.got} ${v.what}`,
    hint: 'Name each value once, in the order in which the model was trained with them.',
  },
  IMPORT_LABELS_COUNT: {
    title: 'wrong label count',
    meaning: 'There are not as many labels as the model gives scores.',
    message: (v: { expected: number; got: number; labels: readonly string[] }) =>
      `the model gives ${v.expected} score${v.expected === 1 ? '' : 's'}, got ${v.got} label${v.got === 1 ? '' : 's'} (${list(v.labels)})`,
    hint: 'Name each label once, in the order of the scores.',
  },
  IMPORT_NAMES_REPEAT: {
    title: 'name used twice',
    meaning: 'Two features, or two labels, have the same name, so that no answer could say which is meant.',
    message: (v: { what: string; name: string }) => `the ${v.what} "${v.name}" is named twice`,
    hint: 'Give each a name of its own.',
  },
  IMPORT_KIND_UNFIT: {
    title: 'input does not fit',
    meaning: 'An input was to be read in a way that its type and shape do not allow.',
    message: (v: { input: string; kind: string; type: string; shape: string }) =>
      `the input "${v.input}" (${v.type} [${v.shape}]) cannot be read as "${v.kind}"`,
    hint: 'Leave the kind as it is proposed. A picture needs 4 dimensions, a window 2 or 3, text the type string.',
  },
  IMPORT_TASK_UNFIT: {
    title: 'task does not fit',
    meaning: 'A model was to be used for a task that its outputs do not allow.',
    message: (v: { task: string; outputs: string; needs: string }) =>
      `the model cannot do "${v.task}": that needs ${v.needs}, but it gives ${v.outputs}`,
    hint: 'Leave the task as it is proposed, or choose "multi-output", which gives what the model answers as it is.',
  },
  IMPORT_NO_INPUT: {
    title: 'no input',
    meaning: 'The model takes no input, so that there is nothing to ask it.',
    message: (v: { model: string }) => `the model "${v.model}" takes no input`,
    hint: 'Export the model again with its inputs; what was exported is a constant.',
  },
});
