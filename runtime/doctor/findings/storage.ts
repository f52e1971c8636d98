/** The user directory and the disk below it. */
import { show } from '../show.ts';
import { type FindingKinds, when } from './kind.ts';

const LEAST_DISK = 50e6;
/** The outbox alone may take 268 MB, and a new bundle lies beside the old one. */
const COMFORTABLE_DISK = 500e6;
const LEAST_FILES = 1000;
/** Flushed writes a second: below it, the outbox acknowledges a few messages a second only. */
const SLOW = 20;
const NETWORKED = new Set(['nfs', 'nfs4', 'cifs', 'smb', 'smb2', 'smb3', 'fuse.sshfs', '9p', 'afs', 'ceph']);
const FLEETING = new Set(['tmpfs', 'ramfs']);

export const STORAGE: FindingKinds = {
  USER_DIR_UNWRITABLE: {
    severity: 'error',
    meaning: 'The user directory cannot be made or written: nothing can be kept.',
    fix: 'Give the directory to the user that runs Millrace, or name another one with --user-dir.',
    find: ({ userDir, user, disk }) =>
      userDir.problem === undefined || disk.readOnly
        ? []
        : [
            {
              text: `the user directory ${userDir.path} cannot be written: ${userDir.problem}`,
              hint: `Give it to the user that runs Millrace: \`sudo chown -R ${user.name} ${userDir.path}\`, or name another one with --user-dir.`,
            },
          ],
  },
  FILES_FOREIGN: {
    severity: 'error',
    meaning: 'Files in the user directory belong to another user, as after a start as root: they cannot be written.',
    fix: 'Give all of the directory to the user that runs Millrace: `sudo chown -R USER DIRECTORY`.',
    find: ({ userDir, user }) =>
      userDir.foreign.length === 0 || userDir.problem !== undefined
        ? []
        : [
            {
              text: `${several(userDir.foreign, 'file')} in the user directory cannot be written by ${user.name}: ${userDir.foreign.slice(0, 3).join(', ')}`,
              hint: `Give them back: \`sudo chown -R ${user.name} ${userDir.path}\`. Then start Millrace as ${user.name} only.`,
            },
          ],
  },
  SECRETS_READABLE: {
    severity: 'warning',
    meaning: 'Other users of the machine may read files with keys or passwords.',
    fix: 'Close them: `chmod 600 FILE`. If others have been on the machine, take new passwords.',
    find: ({ userDir }) =>
      userDir.readable.length === 0
        ? []
        : [
            {
              text: `other users may read ${several(userDir.readable, 'file')} with secrets: ${userDir.readable.slice(0, 3).join(', ')}`,
              hint: `Close them: \`chmod 600 ${userDir.readable.join(' ')}\`. If others have been on the machine, take new passwords.`,
            },
          ],
  },
  DISK_READ_ONLY: {
    severity: 'error',
    meaning: 'The file system of the user directory is read-only. Linux turns it so when the disk fails.',
    fix: 'See `dmesg` for errors of the disk; a memory card that does this is worn out. Otherwise: `sudo mount -o remount,rw …`.',
    find: ({ disk, userDir }) => when(disk.readOnly, `the file system of ${userDir.path} is read-only`),
  },
  DISK_FULL: {
    severity: 'error',
    meaning: 'There is no room on the disk: nothing can be kept, and a deploy would fail.',
    fix: 'Delete what is not needed, such as old recordings and data sets, or take a larger disk.',
    find: ({ disk }) =>
      disk.freeFiles !== undefined && disk.freeFiles < LEAST_FILES
        ? [`only ${disk.freeFiles} more files fit on the disk: it has no inodes left`]
        : when(disk.freeBytes < LEAST_DISK, `${show.bytes(disk.freeBytes)} are free on the disk`),
  },
  DISK_LOW: {
    severity: 'warning',
    meaning: 'There is little room on the disk: the outbox would fill it in a long outage.',
    fix: 'Make room, or bound the outbox: MILLRACE_LIMIT_OUTBOX_BYTES.',
    find: ({ disk }) =>
      when(
        disk.freeBytes >= LEAST_DISK && disk.freeBytes < COMFORTABLE_DISK,
        `${show.bytes(disk.freeBytes)} are free on the disk`,
      ),
  },
  DISK_FLEETING: {
    severity: 'warning',
    meaning: 'The user directory lies in memory: all in it is gone when the machine is switched off.',
    fix: 'Name a directory on a disk with --user-dir, or mount a volume there.',
    find: ({ disk, userDir }) =>
      when(FLEETING.has(disk.kind ?? ''), `the user directory ${userDir.path} lies in memory (${disk.kind})`),
  },
  DISK_NETWORKED: {
    severity: 'error',
    meaning: 'The user directory lies on another machine: the databases of Millrace would be damaged there.',
    fix: 'Name a directory on a disk of this machine with --user-dir.',
    find: ({ disk, userDir }) =>
      when(NETWORKED.has(disk.kind ?? ''), `the user directory ${userDir.path} lies on another machine (${disk.kind})`),
  },
  DISK_SLOW: {
    severity: 'warning',
    meaning: 'The disk is slow to flush what is written: messages wait for it before they are acknowledged.',
    fix: 'Use a better memory card (class A2) or a solid-state disk. A card that has become slow is often worn out.',
    find: ({ disk }) =>
      when(
        disk.syncs !== undefined && disk.syncs < SLOW,
        `the disk flushes ${Number((disk.syncs ?? 0).toPrecision(2))} writes a second`,
      ),
  },
  TEMPORARY_UNWRITABLE: {
    severity: 'error',
    meaning: "The system's folder for temporary files cannot be written: trainings and deploys need it.",
    fix: 'Give it its usual rights: `sudo chmod 1777 /tmp`, or name another folder with TMPDIR.',
    find: ({ temporaryProblem }) =>
      when(temporaryProblem !== undefined, `temporary files cannot be written: ${temporaryProblem ?? ''}`),
  },
};

const several = (list: readonly string[], what: string) => `${list.length} ${what}${list.length === 1 ? '' : 's'}`;
