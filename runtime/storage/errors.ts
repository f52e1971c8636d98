import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('storage', {
  STORE_UNWRITABLE: {
    title: 'cannot write',
    meaning: 'The directory or file in which Millrace keeps its data cannot be written.',
    message: (v: { path: string; reason: string }) => `cannot write ${v.path}: ${v.reason}`,
    hint: 'Give the user that runs Millrace the right to write there, or choose another user directory.',
  },
  STORE_LOCKED: {
    title: 'store in use',
    meaning: 'Another process holds the database file. Two that wrote it at once would spoil it.',
    message: (v: { file: string }) => `${v.file} is in use by another process`,
    hint: 'Stop the other Millrace or Node-RED that uses this user directory, or give this one a directory of its own.',
  },
  STORE_TOO_NEW: {
    title: 'store too new',
    meaning: 'A newer Millrace has written the database file; this one does not know its format.',
    message: (v: { file: string; format: number; known: number }) =>
      `${v.file} has format ${v.format}, this version knows up to ${v.known}`,
    hint: 'Start the newer Millrace again, or move the file away to begin a new one.',
  },
  STORE_FOREIGN: {
    title: 'not our file',
    meaning: 'The file is a sound database that something else has made. It is left as it is.',
    message: (v: { file: string; application: number }) =>
      `${v.file} belongs to another application (id ${v.application})`,
    hint: 'Move the file away, or choose another user directory.',
  },
  STORE_QUARANTINED: {
    title: 'store was damaged',
    meaning: 'A damaged database file was set aside under another name; what could be read of it was carried over.',
    message: (v: { file: string; quarantine: string; reason: string; rows: number }) =>
      `${v.file} was damaged (${v.reason}); it was moved to ${v.quarantine} and ${v.rows} of its rows were carried over`,
    hint: 'Check the disk. Keep the file that was set aside if you want to search it; delete it otherwise.',
  },
  STORE_DAMAGED: {
    title: 'store damaged',
    meaning: 'The database file turned out to be damaged while it was in use. It is mended at the next start.',
    message: (v: { file: string; reason: string }) => `${v.file} is damaged: ${v.reason}`,
    hint: 'Restart Millrace: the damaged file is set aside, and what can be read of it is carried over. Check the disk.',
  },
  STORE_FULL: {
    title: 'disk full',
    meaning: 'The disk is full, or the database file has reached its greatest size.',
    message: (v: { file: string; reason: string }) => `no room to write ${v.file}: ${v.reason}`,
    hint: 'Free space on the disk. What was stored before is kept and still goes out.',
  },
  STORE_FAILED: {
    title: 'store failed',
    meaning: 'The database refused a statement.',
    message: (v: { file: string; reason: string }) => `${v.file}: ${v.reason}`,
    hint: 'This is a fault in Millrace, or of the disk: look at the system log, and report it if the disk is sound.',
  },
  STORE_UNREADABLE: {
    title: 'cannot read',
    meaning: 'A file that was to be read as a SQLite database is not there, or is none.',
    message: (v: { file: string; reason: string }) => `cannot read ${v.file}: ${v.reason}`,
    hint: 'Give the path of a SQLite file that you may read, and whose folder you may write if another program has it open.',
  },
  STORE_CLOSED: {
    title: 'store closed',
    meaning: 'Something was to be written or read after the store had been closed.',
    message: (v: { file: string }) => `${v.file} is closed`,
    hint: 'Deploy again to open it anew.',
  },
});
