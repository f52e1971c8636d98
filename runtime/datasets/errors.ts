import { defineErrors } from '../base/index.ts';

const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

export const errors = defineErrors('datasets', {
  RECORDING_NAME: {
    title: 'wrong name',
    meaning: 'The name of a recording cannot be the name of a file.',
    message: (v: { name: string }) => `"${v.name}" cannot name a recording`,
    hint: 'Use letters, digits, spaces, "-", "_" and "."; begin with a letter or a digit; at most 80 characters.',
  },
  RECORDING_BUSY: {
    title: 'name in use',
    meaning: 'Two recorders have the same name, or a recording that is still being written was to be removed.',
    message: (v: { name: string; source: string }) => `"${v.name}" is being recorded by ${v.source}`,
    hint: 'Give each "record" node a name of its own, or stop the other recording first.',
  },
  RECORDING_DIRECTORY: {
    title: 'cannot write',
    meaning: 'The directory of the recordings, or a file in it, cannot be made or written.',
    message: (v: { path: string; reason: string }) => `cannot write ${v.path}: ${v.reason}`,
    hint: 'Let the user that runs Millrace write there, or start it with another user directory.',
  },
  RECORDING_DISK_FULL: {
    title: 'disk full',
    meaning: 'The disk has less free space than a recording must leave. Messages are lost until there is room again.',
    message: (v: { path: string; free: number; needed: number }) =>
      `${v.path} has ${megabytes(v.free)} free; recordings leave ${megabytes(v.needed)} of the disk alone`,
    hint: 'Remove old recordings, or set fewer or smaller files in the "record" node.',
  },
  RECORDING_WRITE_FAILED: {
    title: 'write failed',
    meaning:
      'The machine refused to write a recording. The messages concerned are lost; the next ones are tried again.',
    message: (v: { path: string; reason: string; lost: number }) =>
      `${v.lost} messages could not be written to ${v.path}: ${v.reason}`,
    hint: 'Look at the disk: is it full, has it gone, may this user write there? Recording goes on by itself.',
  },
  RECORDING_TOO_FAST: {
    title: 'too fast for disk',
    meaning: 'Messages came faster than the disk took them, and no more may wait in memory.',
    message: (v: { name: string; waiting: number }) => `"${v.name}": ${megabytes(v.waiting)} wait for the disk already`,
    hint: 'Record fewer messages, record after "window" or "groom", or set MILLRACE_LIMIT_RECORDING_WAITING_BYTES higher.',
  },
  RECORDING_UNWRITABLE: {
    title: 'not recordable',
    meaning: 'A message holds what has no written form. It was not recorded; it was passed on.',
    message: (v: { path: string; kind: string }) => `msg.${v.path} is ${v.kind}, which cannot be recorded`,
    hint: 'Take it out of the message in a change or function node before "record".',
  },
  RECORDING_MISSING: {
    title: 'no recording',
    meaning: 'There is no recording of this name, and no file.',
    message: (v: { name: string; known: string }) => `there is no recording "${v.name}" (there are: ${v.known})`,
    hint: 'Choose one of the list in the "replay" node, or give the path of a file on this machine.',
  },
  RECORDING_SHIPPED: {
    title: 'cannot remove',
    meaning: 'A recording that came with Millrace, or a file outside the recordings, was to be removed.',
    message: (v: { name: string }) => `"${v.name}" is not in the directory of recordings`,
    hint: 'Nothing needs doing: it takes no space of the recordings.',
  },
  RECORDING_UNREADABLE: {
    title: 'cannot read',
    meaning: 'A file is no recording, or it is damaged, or this user may not read it.',
    message: (v: { path: string; reason: string }) => `cannot read ${v.path}: ${v.reason}`,
    hint: 'Millrace reads its own recordings (JSONL, Parquet), CSV and Parquet. Export the file anew from where it came.',
  },
  RECORDING_NEWER: {
    title: 'newer format',
    meaning: 'The recording was written by a newer Millrace.',
    message: (v: { path: string; format: string }) => `${v.path} has format ${v.format}, this Millrace reads up to 1`,
    hint: 'Update Millrace, or export the recording as CSV.',
  },
  RECORDING_NO_TIME: {
    title: 'no time column',
    meaning: 'A file of another program has no column that tells the time, and no rate is set.',
    message: (v: { path: string; columns: string; wanted?: string }) =>
      v.wanted === undefined
        ? `${v.path} has no time among its columns: ${v.columns}`
        : `${v.path} has no column "${v.wanted}", which is to tell the time, among its columns: ${v.columns}`,
    hint: 'Say in the "replay" node which column is the time, or how many rows there are a second.',
  },
  RECORDING_NO_NUMBERS: {
    title: 'no numbers',
    meaning: 'A file of another program has no column with numbers in it.',
    message: (v: { path: string; columns: string }) => `${v.path} has no column of numbers: ${v.columns}`,
    hint: 'Export the file with one row a reading, and one column a channel.',
  },
  RECORDING_EMPTY: {
    title: 'recording empty',
    meaning: 'The recording can be read, but no message is in it.',
    message: (v: { name: string; refused: number; first: string }) =>
      v.refused > 0
        ? `"${v.name}" holds no message: all of its ${v.refused} rows were refused; ${v.first}`
        : `"${v.name}" holds no message`,
    hint: (v: { name: string; refused: number; first: string }) =>
      v.refused > 0 ? 'Look at the rows that are named, and correct the file.' : 'Choose another recording.',
  },
  RECORDING_ROWS_REFUSED: {
    title: 'rows left out',
    meaning: 'Rows of a recording could not be read, such as a text where a number belongs. They were left out.',
    message: (v: { name: string; refused: number; first: string }) =>
      `"${v.name}": ${v.refused} rows left out; ${v.first}`,
    hint: 'Look at the rows that are named, and correct the file.',
  },
  RECORDING_TIME_BACKWARDS: {
    title: 'time runs back',
    meaning:
      'Rows say an earlier time than the row before. They are played together with the row before; their order is kept.',
    message: (v: { name: string; backwards: number; first: string }) =>
      `"${v.name}": time runs backwards in ${v.backwards} rows, first ${v.first}`,
    hint: 'Sort the file by time, or choose another time column.',
  },
  RECORDING_CUT: {
    title: 'recording cut',
    meaning: 'A recording ends in the middle of a message, as after a power cut. What is before it is played.',
    message: (v: { path: string; line: number }) => `${v.path} ends in the middle of line ${v.line}`,
    hint: 'Nothing needs doing: what was written before is whole.',
  },
  RECORDING_REPLAY_COMMAND: {
    title: 'unknown command',
    meaning: 'A message to a replay says what it cannot do.',
    message: (v: { command: string }) => `a replay cannot ${v.command}`,
    hint: 'Send "start", "pause", "step" or "stop" as payload.',
  },
  RECORDING_REPLAY_SPEED: {
    title: 'wrong speed',
    meaning: 'The speed of a replay is out of range.',
    message: (v: { speed: string }) => `speed ${v.speed} is not between 0.1 and 1000`,
    hint: 'Use a factor from 0.1 to 1000, or play it as fast as it goes.',
  },
  EXAMPLE_LABEL_INVALID: {
    title: 'wrong label',
    meaning: 'The label that came with a message is neither a text nor a number, or is too long.',
    message: (v: { value: string }) => `${v.value} cannot be a label`,
    hint: 'Let the property hold a text of at most 200 characters, such as "normal", or a number. Leave it out of what has no label.',
  },
  COLLECT_LABEL_MISSING: {
    title: 'which label?',
    meaning: 'A message told a "collect" node to begin, and there is no label that it could begin with.',
    message: (_: Record<string, never>) => 'there is no label to collect examples for',
    hint: 'Name the label in the message (msg.collect = "normal"), or give the node its labels in its dialog.',
  },
  COLLECT_TOO_FAST: {
    title: 'too fast for disk',
    meaning: 'Examples came faster than the disk took them, and no more may wait in memory.',
    message: (v: { dataSet: string; waiting: number }) =>
      `"${v.dataSet}": ${v.waiting} examples wait for the disk already`,
    hint: 'Collect fewer: a larger stride in "window", or one of several messages. MILLRACE_LIMIT_COLLECT_WAITING_EXAMPLES sets how many may wait.',
  },
  DATA_SET_NAME_INVALID: {
    title: 'wrong name',
    meaning: 'The name of a data set cannot be the name of a folder.',
    message: (v: { name: string }) => `"${v.name}" cannot name a data set`,
    hint: 'Use letters, digits, spaces, "-", "_" and "."; begin with a letter or a digit; at most 80 characters.',
  },
  DATA_SET_NOT_FOUND: {
    title: 'no data set',
    meaning: 'There is no data set of this name.',
    message: (v: { name: string; known: string }) => `there is no data set "${v.name}" (there are: ${v.known})`,
    hint: 'Choose one of the list, or make it: collect examples under this name, or import a file.',
  },
  DATA_SET_UNREADABLE: {
    title: 'cannot read',
    meaning: 'A file of a data set is missing or damaged, or this user may not read it.',
    message: (v: { name: string; reason: string }) => `the data set "${v.name}" cannot be read: ${v.reason}`,
    hint: 'Look at the disk. "millrace data check NAME" says which examples are concerned and takes them out, so that the rest can be used.',
  },
  DATA_SET_UNWRITABLE: {
    title: 'cannot write',
    meaning: 'The folder of a data set, or a file in it, cannot be made or written.',
    message: (v: { path: string; reason: string }) => `cannot write ${v.path}: ${v.reason}`,
    hint: 'Is the disk full, or may the user that runs Millrace not write there? What was stored before is kept.',
  },
  DATA_SET_FULL: {
    title: 'data set full',
    meaning: 'A data set has reached its greatest size, or there are as many data sets as there may be.',
    message: (v: { name: string; what: string; limit: string }) => `"${v.name}" is full: ${v.what}`,
    hint: (v: { limit: string }) =>
      `Remove examples or data sets that are not needed, collect into another one, or set MILLRACE_LIMIT_${v.limit.toUpperCase()} higher.`,
  },
  DATA_SET_SHIPPED: {
    title: 'comes with Millrace',
    meaning: 'A data set that came with Millrace was to be changed or removed.',
    message: (v: { name: string }) => `"${v.name}" came with Millrace and cannot be changed`,
    hint: 'Export it and import the file under a name of your own; that copy can be changed.',
  },
  DATA_SET_EMPTY: {
    title: 'no examples',
    meaning: 'A data set has no examples yet, so that nothing can be learnt from it or written out.',
    message: (v: { name: string }) => `the data set "${v.name}" holds no examples`,
    hint: 'Collect some with a "collect" node, or import a file.',
  },
  DATA_VERSION_NOT_FOUND: {
    title: 'no such version',
    meaning: 'A data set has no version of this digest.',
    message: (v: { name: string; version: string; known: string }) =>
      `"${v.name}" has no version ${v.version.slice(0, 12)} (there are: ${v.known})`,
    hint: 'Choose one of these, or leave the version out to use the examples as they are now.',
  },
  EXAMPLE_SHAPE_DIFFERS: {
    title: 'other shape',
    meaning: 'An example is not like those that are in the data set already. It was not taken.',
    message: (v: { name: string; what: string }) => `this example does not fit "${v.name}": ${v.what}`,
    hint: 'All examples of a data set come from the same settings of "window" and "features". Set them as they were, or collect into a new data set.',
  },
  EXAMPLE_INVALID: {
    title: 'no number',
    meaning:
      'An example holds what is no number, such as NaN of a failed sensor. It was not taken: nothing is filled in.',
    message: (v: { column: string; value: string }) =>
      `"${v.column}" is ${v.value}, not a number that can be learnt from`,
    hint: 'Look at the sensor or the node that makes this value, or put a "groom" node before, which says what becomes of gaps.',
  },
  EXAMPLE_NOT_FOUND: {
    title: 'no such example',
    meaning: 'An example was asked for that is not in the data set, or not any more.',
    message: (v: { name: string; id: number }) => `"${v.name}" has no example ${v.id}`,
    hint: 'It may have been removed meanwhile: look at the list again.',
  },
  DATA_IMPORT_COLUMN: {
    title: 'column missing',
    meaning: 'A file from which examples are to be taken has not the column that was named, or no numbers.',
    message: (v: { path: string; what: string; columns: string }) => `${v.path} has ${v.what} (columns: ${v.columns})`,
    hint: 'The file must have a header, one row an example and one column a number. Say which column is the label.',
  },
  DATA_IMPORT_EMPTY: {
    title: 'nothing to import',
    meaning: 'No row of a file could be taken as an example.',
    message: (v: { path: string; refused: number; first: string }) =>
      v.refused > 0
        ? `nothing was taken from ${v.path}: all of its ${v.refused} rows were refused; ${v.first}`
        : `${v.path} holds no rows`,
    hint: 'Look at the first rows of the file: one row an example, with a number in every column but the label. Rows with other columns than the examples that are there belong into a data set of their own.',
  },
  DATA_IMPORT_ROW: {
    title: 'rows left out',
    meaning: 'A row of an imported file was left out. Nothing was filled in for it; the others were taken.',
    message: (v: { where: string; message: string; hint: string }) => `${v.where}: ${v.message}`,
    hint: (v: { hint: string }) => `Correct the file where it is wrong, and import it again. ${v.hint}`,
  },
  DATA_IMPORT_LEFT: {
    title: 'columns left out',
    meaning: 'Columns of an imported file hold texts that are not the label. A model learns from numbers.',
    message: (v: { columns: readonly string[] }) =>
      `left out, for they hold no numbers: ${v.columns.slice(0, 8).join(', ')}${v.columns.length > 8 ? ' …' : ''}`,
    hint: 'Nothing needs doing, unless one of them is the label: then say so.',
  },
  DATA_IMPORT_UNLABELLED: {
    title: 'no labels',
    meaning: 'An imported file has no column of labels: its examples came in without one.',
    message: (v: { path: string }) => `${v.path} has no column called label, class or target, and none of texts`,
    hint: 'If one of its columns is what is to be learnt, remove these examples and import again with that column as the label (--label-column NAME on the command line).',
  },
});
