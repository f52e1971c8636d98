/** A gateway's supervisor, put together: the one process that the system starts, and that starts everything else. */
import { asMillraceError } from '../../base/index.ts';
import type { Start } from '../deploy/types.ts';
import { maxMemory } from '../flow-ceiling.ts';
import { openStudioLink } from '../studio-link/studio-link.ts';
import type { Gateway } from '../types.ts';
import { createCompiledCode } from './compiled-code.ts';
import { serveControl } from './control-server.ts';
import { createGateway } from './create-gateway.ts';
import { type FlowProcessOptions, startFlowProcess } from './flow-process.ts';
import { keepStatusIn } from './kept-status.ts';
import { forgetFlow, rememberFlow } from './leftover-flow.ts';
import { createMeasureProfile } from './measure-profile.ts';
import { type OpenedParts, openParts, type PartsOptions } from './open-parts.ts';
import { gatewayPaths } from './paths.ts';
import { createProcessEvents } from './process-events.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

export interface GatewayOptions extends PartsOptions {
  /** More options of `millrace run`. */
  readonly runArgs?: readonly string[];
}

export interface RunningGateway {
  readonly gateway: Gateway;
  /** Into the gateway's log. */
  say(text: string): void;
  /** Lets the flow end in order, and lets go of everything. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway of a user directory, and keeps its bundle running.
 *
 * @throws as `openParts`
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { userDir, command } = options;
  const paths = gatewayPaths(userDir);
  let supervisor: Supervisor | undefined;
  const parts = await openParts(options, { restart: () => supervisor?.restart() });
  const { clock, rollout, identity, log, journal, say } = parts;
  try {
    const kept = keepStatusIn(paths.status, () => identity.now, clock);
    const created = () => gateway;
    const keep = () => kept.keep(created().gateway.status());
    const made = createSupervisor({
      ...{ rollout, clock, say, start: starter(options, parts), events: createProcessEvents(journal) },
      onChange() {
        created().changed();
        keep();
      },
      onVitals: () => created().changed(),
    });
    supervisor = made;
    const measureProfile = createMeasureProfile(command, userDir, parts.ceiling);
    const gateway = createGateway({ identity, rollout, supervisor: made, journal, log, measureProfile });
    rollout.onStatus(keep);
    identity.onChange(() => {
      gateway.changed();
      keep();
    });
    made.begin();
    // Commands can wait, as for a disk that has room for a socket again; the flow cannot.
    const link = openStudioLink({ userDir, gateway: gateway.gateway, say, clock });
    const asked = {
      ...{ gateway: gateway.gateway, link: () => link.state() },
      boards: () => made.boards().catch(() => []),
    };
    const endControl = await serveControl(paths.control, asked).catch((error: unknown) => {
      say(
        `commands on this device are not answered until the gateway is started anew: ${asMillraceError(error).message}`,
      );
      return () => Promise.resolve();
    });
    return {
      ...{ gateway: gateway.gateway, say },
      async stop() {
        // The flow does not wait for anybody else.
        await Promise.all([made.stop(), link.close(), endControl()]);
        await forgetFlow(paths.flow);
        await kept.settled();
        say('gateway stopped');
        await parts.close();
      },
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

function starter({ userDir, command, runArgs = [] }: GatewayOptions, { clock, log, ceiling }: OpenedParts) {
  const paths = gatewayPaths(userDir);
  const compiled = createCompiledCode(paths.compiled);
  return async (what: Start, { onReady, onVitals }: Pick<FlowProcessOptions, 'onReady' | 'onVitals'>) => {
    await compiled.tidy();
    let ready = false;
    const flow = await startFlowProcess({
      ...{ command, ceiling, compiled: compiled.directory, clock, onVitals, onLine: (line) => log.add('flow', line) },
      onReady() {
        ready = true;
        onReady();
      },
      args: [
        ...['run', what.directory, '--supervised', what.release.digest],
        ...['--user-dir', userDir, ...maxMemory(ceiling), ...runArgs],
      ],
    });
    // On a full disk it runs without the note, which is only for a supervisor that comes after a kill.
    await rememberFlow(paths.flow, flow.pid).catch((error: unknown) =>
      log.add('gateway', `the flow's process could not be noted: ${asMillraceError(error).message}`),
    );
    void flow.ended.then((failure) => {
      log.flush();
      if (!ready) compiled.notStarted(failure);
    });
    return flow;
  };
}
