/**
 * What `millrace doctor` says of a machine, and of what a bundle would cost there. It crosses processes and machines: a
 * gateway's supervisor asks it of a child, and the studio asks it of the gateway.
 */
import { z } from 'zod';
import { boardProfile, serialPorts } from './devices.ts';

/** One way of running models, as it works on a machine. */
const tierProfile = z.object({
  works: z.boolean(),
  /** Why it does not, in words. */
  reason: z.string().optional(),
  /** Whether the process ended that loaded it. */
  ended: z.boolean().optional(),
  /** Bytes that a process takes more once it is loaded. */
  bytes: z.number().optional(),
  /** µs for one row of two known models: a dense net of 64 inputs, a forest of 50 trees. */
  micro: z.object({ dense: z.number(), trees: z.number() }).optional(),
});
export type TierProfile = z.output<typeof tierProfile>;

export const tierProfiles = z.object({ compiled: tierProfile, native: tierProfile, wasm: tierProfile });
export type TierProfiles = z.output<typeof tierProfiles>;

const usedPort = z.object({
  port: z.number().int(),
  /** `the program "mosquitto" (process 4711)`, where this user may know. */
  holder: z.string().optional(),
  /** Whether it is held by a process of this Millrace: the flow that a new one takes the place of. */
  own: z.boolean(),
});

/** What a machine is and has, measured on it: `millrace doctor --profile --json`. */
export const machineProfile = z.object({
  format: z.literal(1),
  /** ms since the epoch, by the machine's clock */
  measured: z.number(),
  millrace: z.string(),
  node: z.object({
    version: z.string(),
    /** NODE_MODULE_VERSION: what native packages are built for. */
    abi: z.string(),
    /** The least that Millrace runs on. */
    least: z.string(),
    path: z.string(),
    /** Heap ceiling, bytes. */
    heapBytes: z.number(),
  }),
  system: z.object({
    platform: z.string(),
    architecture: z.string(),
    /** `glibc 2.36`, `musl`; none but on Linux. */
    libc: z.string().optional(),
    /** `Debian GNU/Linux 12 (bookworm)` */
    name: z.string(),
    kernel: z.string(),
    systemd: z.boolean(),
    container: z.boolean(),
    /** °C of the hottest sensor. */
    temperature: z.number().optional(),
    /** Whether the supply's voltage is, or was since the start, too low (Raspberry Pi). */
    undervoltage: z.enum(['now', 'before', 'never']).optional(),
  }),
  cpu: z.object({
    model: z.string(),
    cores: z.number(),
    /** Cores' worth of time that the control group allows, where it bounds it. */
    quota: z.number().optional(),
  }),
  memory: z.object({
    totalBytes: z.number(),
    /** What a new process could take now without swapping, the bound of the control group included. */
    availableBytes: z.number(),
    /** Bound of the control group. */
    limitBytes: z.number().optional(),
    /** What a flow may take of it: it ends itself there. */
    ceilingBytes: z.number().optional(),
    /** Of it in use by flows of this Millrace: free once a new bundle takes their place. */
    ownBytes: z.number(),
  }),
  user: z.object({
    name: z.string(),
    root: z.boolean(),
    groups: z.array(z.string()),
    /** Open files that a process may have. */
    files: z.number().optional(),
  }),
  userDir: z.object({
    path: z.string(),
    exists: z.boolean(),
    /** Why it, or something in it, cannot be written, in words. */
    problem: z.string().optional(),
    /** Paths in it that belong to another user and cannot be written. */
    foreign: z.array(z.string()),
    /** Files with secrets in it that others may read. */
    readable: z.array(z.string()),
  }),
  disk: z.object({
    /** `ext4`, `tmpfs`, `nfs` */
    kind: z.string().optional(),
    totalBytes: z.number(),
    freeBytes: z.number(),
    /** Files that still fit, where the file system counts them. */
    freeFiles: z.number().optional(),
    readOnly: z.boolean(),
    /** Writes a second, each of them flushed to the disk. */
    syncs: z.number().optional(),
  }),
  /** Why the system's folder for temporary files cannot be written. */
  temporaryProblem: z.string().optional(),
  tiers: tierProfiles,
  /** MILLRACE_TIER, where it is set. */
  tier: z.string().optional(),
  /** ms until a Node.js process that does nothing has ended: how quick this machine starts things. */
  startMs: z.number(),
  serial: z.object({
    /** Why the library for serial ports cannot be loaded. */
    problem: z.string().optional(),
    ports: serialPorts.shape.ports,
  }),
  /** What boards have said of themselves: those that the running gateway's flow uses, and those that were asked. */
  boards: z.array(boardProfile).default([]),
  clock: z.object({
    /** Whether something keeps it right; none where nobody says. */
    synchronised: z.boolean().optional(),
  }),
  /** Where something listens. */
  ports: z.array(usedPort),
  /** Packages of the user directory with native parts that cannot be loaded here. */
  brokenAddons: z.array(z.object({ package: z.string(), file: z.string(), reason: z.string() })),
  /** Types of nodes that are installed: Node-RED's own, Millrace's, and those of packages in the user directory. */
  nodeTypes: z.array(z.string()),
  /** Names of the settings that are set on this machine for its flows. */
  settings: z.array(z.string()),
  /** Bytes of libraries for other machines in this installation. */
  foreignLibraryBytes: z.number(),
});
export type MachineProfile = z.output<typeof machineProfile>;

/** Something that is wrong with a machine or an installation, or will be, and what to do. */
export const doctorFinding = z.object({
  code: z.string(),
  /** `error`: it does not work so. `warning`: it works, but will hurt. `note`: worth knowing. */
  severity: z.enum(['error', 'warning', 'note']),
  text: z.string(),
  hint: z.string(),
});
export type DoctorFinding = z.output<typeof doctorFinding>;

/** What a bundle will cost on a machine, before it has run there. */
export const bundleEstimate = z.object({
  /** Of the flow's process, once its models are loaded. */
  memoryBytes: z.number(),
  diskBytes: z.number(),
  /** From the process's start until the flow runs. */
  startMs: z.number(),
  models: z.array(
    z.object({
      name: z.string(),
      /** How it will run. */
      tier: z.enum(['compiled', 'native', 'wasm']),
      /** For one row, by each way that works there. */
      latencyMs: z.object({
        compiled: z.number().optional(),
        native: z.number().optional(),
        wasm: z.number().optional(),
      }),
      memoryBytes: z.number(),
      /** Whether it was measured (on this machine, or on another of known speed) or only guessed from the model's size. */
      measured: z.boolean(),
    }),
  ),
});
export type BundleEstimate = z.output<typeof bundleEstimate>;

export const bundleFit = z.object({
  fits: z.boolean(),
  /** Errors keep it from being deployed; warnings and notes do not. */
  problems: z.array(doctorFinding),
  estimates: bundleEstimate,
});
export type BundleFit = z.output<typeof bundleFit>;

/** What `millrace doctor --json` prints. */
export const doctorAnswer = z.object({
  format: z.literal(1),
  profile: machineProfile,
  findings: z.array(doctorFinding),
  /** Where a bundle was named. */
  fit: bundleFit.optional(),
});
export type DoctorAnswer = z.output<typeof doctorAnswer>;

/** What a flow takes, as it was estimated or measured. */
export interface MeasuredCost {
  readonly memoryBytes?: number;
  readonly startMs?: number;
  readonly diskBytes?: number;
  /** For a row of its slowest model. */
  readonly modelMs?: number;
}

/** An estimate that was off by more than half of what was measured. */
export interface EstimateError {
  readonly what: keyof MeasuredCost;
  readonly estimated: number;
  readonly measured: number;
  /** One sentence. */
  readonly text: string;
}

/** Off by more than this share of what was measured, an estimate has misled. */
const MISLEADING = 0.5;

/**
 * Holds an estimate against what came of it.
 *
 * @example
 * const estimate = { memoryBytes: 60e6, diskBytes: 1e6, startMs: 500 };
 * compareEstimate(estimate, { memoryBytes: 150e6, startMs: 600 }).map(({ what }) => what); // ['memoryBytes']
 */
export function compareEstimate(estimate: MeasuredCost, measured: MeasuredCost): EstimateError[] {
  const kinds = [
    ['memoryBytes', 'memory', (bytes: number) => `${Math.round(bytes / 1e6)} MB`],
    ['startMs', 'the start', (ms: number) => `${(ms / 1000).toFixed(1)} s`],
    ['diskBytes', 'disk', (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`],
    ['modelMs', 'a row of its slowest model', (ms: number) => `${Math.round(ms * 1000)} µs`],
  ] as const;
  return kinds.flatMap(([what, words, show]) => {
    const [estimated, found] = [estimate[what], measured[what]];
    if (
      estimated === undefined ||
      found === undefined ||
      found <= 0 ||
      Math.abs(estimated - found) <= MISLEADING * found
    )
      return [];
    const text = `${words} was estimated at ${show(estimated)} and measured at ${show(found)}`;
    return [{ what, estimated, measured: found, text }];
  });
}
