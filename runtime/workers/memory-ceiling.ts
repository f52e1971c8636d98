import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/** Bytes below which nothing can run, and above which a flow is taken to leak whatever the machine has. */
const [LEAST, MOST] = [192 * 2 ** 20, 2 * 2 ** 30];

/** Of what this process may use: the cgroup's limit (systemd's MemoryMax, a container's) is its own, a machine is shared. */
const [SHARE_OF_LIMIT, SHARE_OF_MACHINE] = [0.9, 0.6];

/**
 * The most memory, bytes resident, that a process should take here before it ends in order: below what the kernel kills at.
 *
 * @param limits what the machine has, and the limit of this process' cgroup if it has one; read from the system by default
 */
export function memoryCeiling(limits: MemoryLimits = readMemoryLimits()): number {
  const { machine, cgroup = Infinity } = limits;
  const own = cgroup < machine ? cgroup * SHARE_OF_LIMIT : machine * SHARE_OF_MACHINE;
  return Math.round(Math.max(Math.min(LEAST, cgroup * SHARE_OF_LIMIT), Math.min(MOST, own)));
}

export interface MemoryLimits {
  /** Bytes. */
  readonly machine: number;
  readonly cgroup?: number;
}

/** MiB: code that Node.js keeps compiled is of no use under another option, and what a machine can spare is never quite the same. */
const STEP = 64;

/**
 * Options for Node.js under this ceiling: its heap does not outgrow it. It is not held back either, for beside its heap a process
 * takes more than what is rounded off.
 */
export const heapOptions = (ceiling: number): readonly string[] => [
  `--max-old-space-size=${Math.max(1, Math.floor(ceiling / 2 ** 20 / STEP)) * STEP}`,
];

function readMemoryLimits(): MemoryLimits {
  const cgroup = cgroupLimit();
  return { machine: totalmem(), ...(cgroup !== undefined && { cgroup }) };
}

/** Of cgroup v2, the strictest on the way up; or v1. */
function cgroupLimit(): number | undefined {
  const path = /^0::(.*)$/m.exec(read('/proc/self/cgroup') ?? '')?.[1] ?? '/';
  const parts = path.split('/').filter((part) => part !== '');
  const folders = [...parts.keys(), parts.length].map((count) => ['', ...parts.slice(0, count)].join('/'));
  const files = [...folders.map((folder) => `/sys/fs/cgroup${folder}/memory.max`), V1];
  const limits = files.map((file) => Number(read(file)?.trim() ?? NaN)).filter((limit) => limit > 0);
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

const V1 = '/sys/fs/cgroup/memory/memory.limit_in_bytes';

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
