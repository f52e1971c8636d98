/**
 * The power goes. The outbox lies in a file system of its own, in an image on a loop device: what the kernel has not yet
 * written to the device is not in the image. The gateway is stopped, not killed, at a random moment, so that it says and
 * writes nothing more, and the image is copied as it is at that moment; what the copy holds is what a disk would hold.
 *
 * The image's own pages count as the device: it honours every flush, and keeps all that was written to it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../runtime/numerics/index.ts';
import { openBooks, type Verdict } from './books.ts';
import { createGateway, type Life } from './gateway.ts';
import { startReceiver } from './receiver.ts';

export interface PowerCutOptions {
  readonly seed: number;
  readonly cuts: number;
  /** For the Node.js that takes: a test that must see loss changes with it how the store is opened. */
  readonly execArgv?: readonly string[];
  readonly progress?: (words: string) => void;
}

export interface PowerCutVerdict extends Verdict {
  readonly cuts: number;
  readonly complaints: readonly string[];
}

/** Only root may mount. */
export const mayMount = (): boolean => process.getuid?.() === 0 && existsSync('/dev/loop-control');

export async function cutThePower({ seed, cuts, execArgv = [], progress }: PowerCutOptions): Promise<PowerCutVerdict> {
  const random = seededRandom(seed);
  // Memory is a quick disk: the copy is taken in an instant.
  const root = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'millrace-power-'));
  const verdicts: Verdict[] = [];
  const complaints: string[] = [];
  try {
    for (let cut = 1; cut <= cuts; cut++) {
      const sends = random() < 0.5;
      const { verdict, complaints: heard } = await cutOnce(root, 100 + 900 * random(), sends, execArgv);
      verdicts.push(verdict);
      complaints.push(...heard);
      progress?.(`cut ${cut}: ${verdict.taken} taken, ${verdict.lost} lost`);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + of(verdict), 0);
  return {
    cuts,
    taken: sum(({ taken }) => taken),
    arrived: sum(({ arrived }) => arrived),
    lost: sum(({ lost }) => lost),
    repeats: sum(({ repeats }) => repeats),
    repeatsAfterAKill: Math.max(...verdicts.map(({ repeatsAfterAKill }) => repeatsAfterAKill)),
    wrong: verdicts.flatMap(({ wrong }) => wrong),
    complaints,
  };
}

async function cutOnce(root: string, delay: number, sends: boolean, execArgv: readonly string[]) {
  const books = openBooks();
  const receiver = await startReceiver(books.arrived);
  const common = { books, url: receiver.url };
  const before = createGateway({ ...common, notes: join(root, 'notes'), execArgv });
  const disk = mountImage(root, 'disk', true);
  let copy: ReturnType<typeof mountImage> | undefined;
  let life: Life | undefined;
  try {
    life = before.start({ directory: join(disk.directory, 'outbox'), take: true, send: sends, drain: false });
    await life.open;
    await new Promise((resolve) => void setTimeout(resolve, delay));
    life.process.kill('SIGSTOP');
    await stopped(life.process.pid ?? 0);
    execFileSync('cp', ['--sparse=always', disk.image, join(root, 'copy.ext4')]);
    life.process.kill('SIGKILL');
    await life.ended;
    disk.remove();

    copy = mountImage(root, 'copy', false);
    const after = createGateway({ ...common, notes: join(root, 'notes') });
    const directory = join(copy.directory, 'outbox');
    await after.start({ directory, take: false, send: true, drain: true, first: 1e9 }).ended;
    return { verdict: books.verdict(), complaints: [...before.complaints, ...after.complaints] };
  } finally {
    life?.process.kill('SIGKILL');
    await life?.ended;
    disk.remove();
    copy?.remove();
    await receiver.close();
  }
}

/** Stopped, or ended and not yet asked for by a parent that is stopped itself. @see proc_pid_stat(5) */
const AT_REST = new Set(['T', 'Z', 'X']);

/** Also a thread that was waiting for the disk has come to rest: nothing of the process is under way any more. */
export async function stopped(pid: number): Promise<void> {
  const states = () =>
    readdirSync(`/proc/${pid}/task`).map((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    });
  while (states().some((state) => !AT_REST.has(state))) await new Promise((resolve) => void setTimeout(resolve, 1));
}

/** A file system of its own below `root`: made, or what a copied image holds. */
export function mountImage(root: string, name: string, make: boolean) {
  const image = join(root, `${name}.ext4`);
  const directory = join(root, name);
  mkdirSync(directory, { recursive: true });
  if (make) {
    execFileSync('truncate', ['-s', '96M', image]);
    execFileSync('mkfs.ext4', ['-q', '-F', image]);
  }
  // The kernel shall write by itself only what is flushed: its own commits are far apart.
  execFileSync('mount', ['-o', 'loop,noatime,commit=600', image, directory]);
  let mounted = true;
  return {
    image,
    directory,
    remove() {
      if (mounted) execFileSync('umount', [directory], { stdio: 'pipe' });
      mounted = false;
    },
  };
}
