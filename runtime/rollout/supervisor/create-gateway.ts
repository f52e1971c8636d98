/** The gateway as the studio, and the commands on the device, may ask it: put together from its parts. */
import type { GatewayStatus } from '../../messages/index.ts';
import type { Rollout } from '../deploy/types.ts';
import type { Gateway } from '../types.ts';
import { errors } from './errors.ts';
import type { EventJournal } from './event-journal.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { KnownIdentity } from './known-identity.ts';
import type { Supervisor } from './supervisor.ts';
import { wholeStatus } from './whole-status.ts';

export interface GatewayParts {
  readonly identity: KnownIdentity;
  readonly rollout: Rollout;
  readonly supervisor: Supervisor;
  readonly journal: EventJournal;
  readonly log: GatewayLog;
  readonly measureProfile: () => Promise<unknown>;
}

export interface CreatedGateway {
  readonly gateway: Gateway;
  /** Has everybody told who listens to the status. */
  changed(): void;
}

export function createGateway(parts: GatewayParts): CreatedGateway {
  const { identity, rollout, supervisor, journal, log, measureProfile } = parts;
  const listeners = new Set<(status: GatewayStatus) => void>();
  const status = () => wholeStatus(rollout.status(), supervisor.status(), identity.problem);
  const changed = () => {
    const now = status();
    for (const listener of listeners) listener(now);
  };
  rollout.onStatus(changed);

  return {
    changed,
    gateway: {
      get identity() {
        return identity.now;
      },
      offer: (offer) => rollout.offer(offer),
      receive: (part) => rollout.receive(part),
      install: () => rollout.install(),
      withdraw: () => rollout.withdraw(),
      take: (file) => rollout.take(file),
      status,
      onStatus: listen(listeners),
      events: (sequence) => journal.after(sequence),
      onEvent: (listener) => journal.onEvent(listener),
      countFrom: (sequence) => journal.countFrom(sequence),
      log: (sequence) => log.after(sequence),
      onLog: (listener) => log.onLine(listener),
      metrics: () => supervisor.metrics(),
      profile: measureProfile,
      restart() {
        // Where there is none, that is what is to be said.
        if (!rollout.status().running) return Promise.reject(errors.FLOW_NOT_UP({ process: 'no bundle' }));
        journal.add({ kind: 'restarted', text: 'the flow was started anew because somebody asked for it' });
        supervisor.restart();
        return Promise.resolve();
      },
      rollBack: () => rollout.rollBack(),
    },
  };
}

const listen =
  <T>(listeners: Set<(value: T) => void>) =>
  (listener: (value: T) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
