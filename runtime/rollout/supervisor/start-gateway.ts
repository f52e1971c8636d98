/** A gateway's supervisor, put together: the one process that the system starts, and that starts everything else. */
import { mkdir } from 'node:fs/promises';
import { arch, platform } from 'node:process';
import { type Clock, MillraceError, systemClock } from '../../base/index.ts';
import { writeSecretFile } from '../../keys/index.ts';
import { holdFile, type HeldFile } from '../../storage/index.ts';
import { memoryCeiling } from '../../workers/index.ts';
import { openRollout } from '../deploy/open-rollout.ts';
import { processJudges } from '../deploy/process-judges.ts';
import type { Judges, Start } from '../deploy/types.ts';
import { openStudioLink } from '../studio-link/studio-link.ts';
import type { Gateway } from '../types.ts';
import { serveControl } from './control-server.ts';
import { createGateway } from './create-gateway.ts';
import { errors } from './errors.ts';
import { openEventJournal } from './event-journal.ts';
import { type FlowProcessOptions, startFlowProcess } from './flow-process.ts';
import { openGatewayLog } from './gateway-log.ts';
import { gatewayIdentity } from './gateway-identity.ts';
import { readGatewaySettings } from './gateway-settings.ts';
import { endLeftoverFlow, forgetFlow, rememberFlow } from './leftover-flow.ts';
import { limits } from './limits.ts';
import { measureProfile } from './measure-profile.ts';
import { gatewayPaths } from './paths.ts';
import { pinnedRoot } from './pinned-root.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

export interface GatewayOptions {
  readonly userDir: string;
  /** How `millrace` is started: Node.js, its options, the script. */
  readonly command: readonly [string, ...string[]];
  /** Of Millrace. */
  readonly version: string;
  /** More options of `millrace run`. */
  readonly runArgs?: readonly string[];
  /** Bytes that the flow's process may take; default: what this machine can spare. */
  readonly ceiling?: number;
  /** How long a new bundle is watched before it is the last good one, ms. */
  readonly probation?: number;
  readonly judges?: Judges;
  readonly clock?: Clock;
}

export interface RunningGateway {
  readonly gateway: Gateway;
  /** Lets the flow end in order, and lets go of everything. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway of a user directory: recovers a deploy that was cut off, and keeps its bundle running.
 *
 * @throws GATEWAY_RUNNING, GATEWAY_FILE_DAMAGED, GATEWAY_ID_DAMAGED, and what keeps the rollout's state from being opened
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { userDir, command, clock = systemClock } = options;
  const paths = gatewayPaths(userDir);
  await mkdir(paths.directory, { recursive: true, mode: 0o700 });
  const lock = holdGateway(userDir);
  const closers: (() => unknown)[] = [() => lock.release()];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    const identity = await gatewayIdentity(userDir, options.version);
    const log = openGatewayLog(paths.log, clock);
    closers.push(() => log.close());
    const say = (text: string) => log.add('gateway', text);
    const journal = await openEventJournal(paths.events, clock);
    journal.onEvent(({ kind, text }) => say(`${kind}: ${text}`));
    say(`gateway "${identity.name}" starts, Millrace ${identity.version}, Node.js ${identity.node}`);
    if (await endLeftoverFlow(paths.flow, limits.drain.value, clock)) {
      say('the flow of a gateway before this one has ended');
    }

    let supervisor: Supervisor | undefined;
    const rollout = await openRollout({
      directory: paths.directory,
      rules: async () => ({
        root: await pinnedRoot(userDir),
        group: (await readGatewaySettings(userDir)).group,
        runtime: identity.version,
        architecture: `${platform}-${arch}`,
      }),
      judges: options.judges ?? processJudges({ command, userDir }),
      flow: { restart: () => supervisor?.restart() },
      tell: (event) => journal.add(event),
      ...(options.probation !== undefined && { probation: options.probation }),
      clock,
    });
    closers.push(() => rollout.close());

    const { ceiling = memoryCeiling(), runArgs = [] } = options;
    const start = async (what: Start, hooks: Pick<FlowProcessOptions, 'onReady' | 'onVitals'>) => {
      const flow = await startFlowProcess({
        ...{ command, ceiling, clock, ...hooks, onLine: (line) => log.add('flow', line) },
        args: runCommand(what.directory, userDir, ceiling, runArgs),
      });
      await rememberFlow(paths.flow, flow.pid);
      void flow.ended.then(() => log.flush());
      return flow;
    };
    const keepStatus = () => {
      const { vitals: _, ...status } = created.gateway.status();
      const text = JSON.stringify({ format: 1, time: clock.now(), identity, status });
      // For whoever asks later: nothing depends on it.
      writeSecretFile(paths.status, `${text}\n`).catch(() => undefined);
    };
    supervisor = createSupervisor({
      ...{ rollout, start, clock, say },
      onChange: () => {
        created.changed();
        keepStatus();
      },
      onVitals: () => created.changed(),
    });
    const created = createGateway({
      ...{ identity, rollout, supervisor, journal, log },
      measureProfile: () => measureProfile(command, userDir, clock),
    });
    rollout.onStatus(keepStatus);
    closers.push(await serveControl(paths.control, created.gateway));
    const { stop } = supervisor;
    closers.push(async () => {
      await stop();
      await forgetFlow(paths.flow);
      say('gateway stopped');
    });
    supervisor.begin();
    const link = openStudioLink({ userDir, gateway: created.gateway, say, clock });
    closers.push(() => link.close());
    return { gateway: created.gateway, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws GATEWAY_RUNNING */
function holdGateway(userDir: string): HeldFile {
  try {
    return holdFile(gatewayPaths(userDir).lock);
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'STORE_LOCKED') throw error;
    throw errors.GATEWAY_RUNNING({ userDir }, { cause: error });
  }
}

function runCommand(directory: string, userDir: string, ceiling: number, more: readonly string[]): string[] {
  const memory = String(Math.floor(ceiling / 1e6));
  return ['run', directory, '--supervised', '--user-dir', userDir, '--max-memory', memory, ...more];
}
