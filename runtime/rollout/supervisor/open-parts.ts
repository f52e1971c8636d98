/** What a gateway consists of, its flow's process aside: opened by whoever holds its lock. */
import { mkdir } from 'node:fs/promises';
import { arch, platform } from 'node:process';
import { type Clock, MillraceError, systemClock } from '../../base/index.ts';
import { type HeldFile, holdFile } from '../../storage/index.ts';
import { openRollout } from '../deploy/open-rollout.ts';
import { processJudges } from '../deploy/process-judges.ts';
import type { FlowProcess, Judges, Rollout } from '../deploy/types.ts';
import { flowCeiling } from '../flow-ceiling.ts';
import { errors } from './errors.ts';
import { type EventJournal, openEventJournal } from './event-journal.ts';
import { type GatewayLog, openGatewayLog } from './gateway-log.ts';
import { readGatewaySettings } from './gateway-settings.ts';
import { type KnownIdentity, openIdentity } from './known-identity.ts';
import { endLeftoverFlow } from './leftover-flow.ts';
import { limits } from './limits.ts';
import { gatewayPaths } from './paths.ts';
import { pinnedRoot } from './pinned-root.ts';

export interface PartsOptions {
  readonly userDir: string;
  /** How `millrace` is started: Node.js, its options, the script. */
  readonly command: readonly [string, ...string[]];
  /** Of Millrace. */
  readonly version: string;
  /** How long a new bundle is watched before it is the last good one, ms. */
  readonly probation?: number;
  readonly judges?: Judges;
  /** Bytes that the flow's process may take; default: what this machine can spare. */
  readonly ceiling?: number;
  readonly clock?: Clock;
}

export interface OpenedParts {
  /** Bytes that the flow's process may take. */
  readonly ceiling: number;
  readonly identity: KnownIdentity;
  readonly log: GatewayLog;
  readonly journal: EventJournal;
  readonly rollout: Rollout;
  readonly clock: Clock;
  /** Into the log, as the gateway's own words. */
  say(text: string): void;
  close(): Promise<void>;
}

/**
 * Recovers a deploy that was cut off, and waits until the flow of a gateway that was killed has ended.
 *
 * @throws GATEWAY_FOLDER_UNUSABLE, GATEWAY_RUNNING, GATEWAY_ID_DAMAGED, and what keeps the rollout's state from being opened
 */
export async function openParts(options: PartsOptions, flow: FlowProcess): Promise<OpenedParts> {
  const { userDir, command, version, probation, ceiling = flowCeiling(), clock = systemClock } = options;
  const paths = gatewayPaths(userDir);
  await mkdir(paths.directory, { recursive: true, mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    throw errors.GATEWAY_FOLDER_UNUSABLE({ directory: paths.directory, reason: cause.message }, { cause });
  });
  const lock = await holdGateway(userDir);
  const closers: (() => unknown)[] = [() => lock.release()];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    const log = openGatewayLog(paths.log, clock);
    closers.push(() => log.close());
    const say = (text: string) => log.add('gateway', text);
    const journal = await openEventJournal(paths.events, clock);
    closers.push(() => journal.close());
    journal.onEvent(({ kind, text }) => say(`${kind}: ${text}`));
    const identity = await openIdentity({ userDir, version, clock, say });
    closers.push(() => identity.close());
    say(`gateway "${identity.now.name}" begins, Millrace ${version}, Node.js ${identity.now.node}`);
    if (await endLeftoverFlow(paths.flow, limits.drain.value, clock)) say('the flow of the gateway before has ended');
    const rollout = await openRollout({
      directory: paths.directory,
      rules: async () => ({
        root: await pinnedRoot(userDir),
        group: (await readGatewaySettings(userDir)).group,
        runtime: version,
        architecture: `${platform}-${arch}`,
      }),
      judges: options.judges ?? processJudges({ command, userDir, flowCeiling: ceiling }),
      flow,
      tell: (event) => journal.add(event),
      ...(probation !== undefined && { probation }),
      clock,
    });
    closers.push(() => rollout.close());
    return { ceiling, identity, log, journal, rollout, clock, say, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws GATEWAY_RUNNING */
async function holdGateway(userDir: string): Promise<HeldFile> {
  try {
    return await holdFile(gatewayPaths(userDir).lock);
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'STORE_LOCKED') throw error;
    throw errors.GATEWAY_RUNNING({ userDir }, { cause: error });
  }
}
