/** Which gateways are there: one connection each, and never two devices by one name. */
import { z } from 'zod';
import type { GatewayProblem, GatewayStatus, LinkHello } from '../messages/index.ts';
import { toPlainError } from '../base/index.ts';
import { errors } from './errors.ts';
import type { Line } from './line.ts';

/** ms that a connection has to show that it is still alive, when another comes by the same name. */
const ALIVE = 5_000;

export interface Connected {
  line(gateway: string): Line | undefined;
  status(gateway: string): GatewayStatus | undefined;
  setStatus(gateway: string, status: GatewayStatus): void;
  /** What is wrong with its connections. */
  problem(gateway: string): GatewayProblem | undefined;
  /**
   * Makes room for a connection. One of the same process is replaced; another only if it no longer answers.
   *
   * @throws GATEWAY_TWICE
   */
  admit(hello: Pick<LinkHello, 'identity' | 'instance'>): Promise<void>;
  add(line: Line): void;
  remove(line: Line): void;
  forget(gateway: string): void;
  endAll(): void;
}

export function createConnected(onChange: () => void): Connected {
  const lines = new Map<string, Line>();
  const statuses = new Map<string, GatewayStatus>();
  const problems = new Map<string, GatewayProblem>();
  const admitting = new Set<string>();
  const idOf = (line: Line) => line.hello.identity.gateway;

  const makeRoom = async (gateway: string, instance: string) => {
    const before = lines.get(gateway);
    if (!before) return;
    const alive =
      before.hello.instance !== instance &&
      (await before.ask('alive', z.unknown(), {}, ALIVE).then(
        () => true,
        () => false,
      ));
    if (!alive) return before.end();
    const twice = errors.GATEWAY_TWICE({ gateway });
    problems.set(gateway, toPlainError(twice));
    onChange();
    throw twice;
  };

  return {
    line: (gateway) => lines.get(gateway),
    status: (gateway) => statuses.get(gateway),
    setStatus: (gateway, status) => void statuses.set(gateway, status),
    problem: (gateway) => problems.get(gateway),
    async admit({ identity: { gateway }, instance }) {
      // Two that come at the same moment: the second tries again.
      if (admitting.has(gateway)) throw errors.GATEWAY_TWICE({ gateway });
      admitting.add(gateway);
      try {
        await makeRoom(gateway, instance);
      } finally {
        admitting.delete(gateway);
      }
    },
    add(line) {
      lines.get(idOf(line))?.end();
      lines.set(idOf(line), line);
    },
    remove(line) {
      if (lines.get(idOf(line)) !== line) return;
      lines.delete(idOf(line));
      // With the one that was there the other may come: then only one of them is.
      problems.delete(idOf(line));
      onChange();
    },
    forget(gateway) {
      lines.get(gateway)?.end();
      for (const held of [lines, statuses, problems]) held.delete(gateway);
    },
    endAll() {
      for (const line of lines.values()) line.end();
    },
  };
}
