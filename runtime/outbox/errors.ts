import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('outbox', {
  OUTBOX_FULL: {
    title: 'outbox full',
    meaning: 'As many messages wait on disk as are allowed. This one was refused; none that was taken is lost.',
    message: (v: { messages: number; bytes: number }) => `${v.messages} messages (${v.bytes} bytes) wait already`,
    hint: 'Bring the destination back: see the status of its upload node. Sending makes room by itself.',
  },
  DEAD_LETTERS_FULL: {
    title: 'too many refused',
    meaning:
      'A destination refuses messages, and as many as are allowed have been laid aside. Sending to it stands still.',
    message: (v: { letters: number; limit: number }) =>
      `${v.letters} refused messages are kept, the limit is ${v.limit}`,
    hint: 'Look at the dead letters in the sidebar: mend what the destination complains of and send them again, or delete them.',
  },
  STREAMS_FULL: {
    title: 'too many streams',
    meaning: 'The stream is new, and there are as many streams as are allowed. Each keeps its last number for ever.',
    message: (v: { stream: string; limit: number }) => `stream "${v.stream}" is new, and there are ${v.limit} already`,
    hint: 'Name streams by a sensor or a machine, not by a time or a number that always changes. Look at the field in "upload".',
  },
  OUTBOX_CLOSED: {
    title: 'outbox closed',
    meaning: 'A message came after the outbox had been closed for a stop.',
    message: (v: { stream: string }) => `a message of stream "${v.stream}" came after the outbox had been closed`,
    hint: 'Start Millrace again.',
  },
  UPLOAD_UNSERIALISABLE: {
    title: 'not serialisable',
    meaning: 'The message has no JSON form: it refers to itself or holds a BigInt.',
    message: (v: { stream: string; reason: string }) =>
      `a message of stream "${v.stream}" has no JSON form: ${v.reason}`,
    hint: 'Take what cannot be written as JSON out of the message, in a change or function node before "upload".',
  },
  UPLOAD_TOO_LARGE: {
    title: 'message too large',
    meaning: 'The message as JSON is larger than the limit.',
    message: (v: { stream: string; bytes: number; limit: number }) =>
      `a message of stream "${v.stream}" has ${v.bytes} bytes, the limit is ${v.limit}`,
    hint: 'Send less in one message: features instead of windows, or smaller windows.',
  },
  STREAM_INVALID: {
    title: 'bad stream name',
    meaning: 'The stream’s name is empty, too long, or holds a character that MQTT topics keep for themselves.',
    message: (v: { stream: string }) => `"${v.stream}" cannot name a stream`,
    hint: 'Use 1 to 200 characters without "+" and "#".',
  },
  BACKLOG_UNSERVED: {
    title: 'backlog kept',
    meaning: 'Messages wait for a destination to which no node sends any more. They are kept.',
    message: (v: { destination: string; messages: number }) =>
      `${v.messages} messages wait for destination "${v.destination}", which no node serves`,
    hint: 'Bring the target back, or choose it in an "upload" node, and they go out.',
  },
  LEDGER_UNWRITABLE: {
    title: 'ledger not written',
    meaning:
      'The file that says what each receiver must hold could not be written. Nothing of the queue depends on it.',
    message: (v: { file: string; reason: string }) => `cannot write ${v.file}: ${v.reason}`,
    hint: 'Make room on the disk and see that the folder may be written. It is written again with the next change.',
  },
  TARGET_INVALID: {
    title: 'wrong target',
    meaning: 'The target’s settings do not name a destination.',
    message: (v: { setting: string; value: string; reason: string }) =>
      `target: ${v.setting} "${v.value}": ${v.reason}`,
    hint: 'Open the target and correct it. Addresses look like mqtt://host:1883, mqtts://host:8883 or https://host/path.',
  },
  BROKER_PORT_IN_USE: {
    title: 'port in use',
    meaning: 'The built-in broker’s port is taken. Messages wait on disk until it is free.',
    message: (v: { port: number }) => `the built-in broker cannot listen on 127.0.0.1:${v.port}: the port is in use`,
    hint: 'Choose another port in the target, or stop what uses it. It is tried again by itself.',
  },
  BROKER_NOT_STARTED: {
    title: 'broker not started',
    meaning: 'The built-in broker could not listen on its port. Messages wait on disk.',
    message: (v: { port: number; reason: string }) =>
      `the built-in broker cannot listen on 127.0.0.1:${v.port}: ${v.reason}`,
    hint: 'Choose a port above 1023 in the target.',
  },
  DESTINATION_UNREACHABLE: {
    title: 'not connected',
    meaning: 'There is no connection to the destination. Messages wait on disk and it is tried again.',
    message: (v: { address: string; reason: string }) => `no connection to ${v.address}: ${v.reason}`,
    hint: 'See that the server runs, and check the address and the network. It is tried again by itself.',
  },
  DESTINATION_REFUSED: {
    title: 'not signed in',
    meaning: 'The destination answered but does not let us in. Messages wait on disk and it is tried again.',
    message: (v: { address: string; reason: string }) => `${v.address} refused the sign-in: ${v.reason}`,
    hint: 'Check in the target with what it signs in: user name and password, token or certificate, and the client id.',
  },
  DESTINATION_UNTRUSTED: {
    title: 'not trusted',
    meaning:
      'The destination showed a certificate that proves nothing: nothing was sent to it. Messages wait on disk and it is tried again.',
    message: (v: { address: string; reason: string; advice: string }) =>
      `the certificate of ${v.address} is not trusted: ${v.reason}`,
    hint: (v: { advice: string }) => v.advice,
  },
  DESTINATION_MISSING: {
    title: 'not found',
    meaning: 'The destination is reached, but has nothing under the name in the target. Messages wait on disk.',
    message: (v: { address: string; reason: string }) => `${v.address}: ${v.reason}`,
    hint: 'Correct the folder, table, bucket or path in the target, or create it there. It is tried again by itself.',
  },
  DESTINATION_BUSY: {
    title: 'destination busy',
    meaning: 'The destination takes nothing just now and wants us to come again. Messages wait on disk.',
    message: (v: { address: string; reason: string }) => `${v.address} takes no messages now: ${v.reason}`,
    hint: 'It is tried again by itself. If it lasts, look at the destination, or send less often: larger batches, a schedule.',
  },
  MESSAGE_REFUSED: {
    title: 'message refused',
    meaning: 'The destination will never take this message. It is kept as a dead letter; those behind it go on.',
    message: (v: { address: string; reason: string }) => `${v.address} refused a message: ${v.reason}`,
    hint: 'Look at the dead letter in the sidebar. Correct the flow or the destination, then send it again or delete it.',
  },
  DESTINATION_FORBIDDEN: {
    title: 'not allowed there',
    meaning: 'The destination knows us, but does not let us write where the target says. Messages wait on disk.',
    message: (v: { address: string; reason: string }) => `${v.address} does not let us write: ${v.reason}`,
    hint: 'Give the user or key that the target names the right to write there. It is tried again by itself.',
  },
  DESTINATION_FULL: {
    title: 'destination full',
    meaning: 'The destination has no room left. Messages wait on disk and it is tried again.',
    message: (v: { address: string; reason: string }) => `${v.address} is full: ${v.reason}`,
    hint: 'Make room there: remove old data, or enlarge the disk or the quota. What waits goes out by itself then.',
  },
  DESTINATION_CLOCK: {
    title: 'clock is wrong',
    meaning: 'The destination refuses our signature, because this machine’s clock is too far from its own.',
    message: (v: { address: string; here: string; reason: string }) =>
      `${v.address} finds our clock wrong (${v.here} here): ${v.reason}`,
    hint: 'Set the clock of this machine, or let it be set over the network (timedatectl set-ntp true). It is tried again by itself.',
  },
  TABLE_FOREIGN: {
    title: 'other table there',
    meaning: 'The receiver has a table of the name in the target, but of another form. It is left as it is.',
    message: (v: { table: string; reason: string }) => `the table ${v.table} cannot hold messages: ${v.reason}`,
    hint: 'Choose another name in the target: the table is made by itself. Or bring this one to the form in docs/senders.md.',
  },
  SENDER_MISSING: {
    title: 'library missing',
    meaning: 'The client library for this kind of destination is not installed. Messages wait on disk.',
    message: (v: { name: string }) => `this kind of destination needs the package ${v.name}, which is not installed`,
    hint: (v: { name: string }) =>
      `Run "npm install ${v.name}" in the folder in which Millrace is installed, then start it again.`,
  },
  RECEIVER_UNKNOWN: {
    title: 'no such receiver',
    meaning: 'What was to be compared with a ledger is no receiver that Millrace can read.',
    message: (v: { receiver: string; reason: string }) => `cannot read the receiver ${v.receiver}: ${v.reason}`,
    hint: 'Give a SQLite file, a folder of JSON, JSON lines, CSV or Parquet files, postgres://host/database, or s3://bucket/folder.',
  },
  RECEIVER_EMPTY: {
    title: 'no table there',
    meaning: 'The database that was to be compared with a ledger has no table of the name that was given.',
    message: (v: { address: string; table: string }) => `${v.address} has no table "${v.table}"`,
    hint: 'Give with --table the name of the table that stands in the target which fills it.',
  },
  DESTINATION_SILENT: {
    title: 'no acknowledgement',
    meaning: 'The destination took messages but did not acknowledge them in time. They are sent again.',
    message: (v: { address: string; seconds: number }) =>
      `${v.address} has not acknowledged a message for ${v.seconds} s`,
    hint: 'Check the broker: it may be overloaded, or the connection half dead. Messages are sent again by itself.',
  },
});
