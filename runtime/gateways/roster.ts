/** The gateways that were paired, one file each: what they are, by which key they are known, what they last told. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeSecretFile } from '../keys/index.ts';
import { gatewayEvent, type GatewayEvent, gatewayIdentity } from '../messages/index.ts';
import { eventsLimit } from './limits.ts';
import { readFolder } from './read-folder.ts';

const pairedGateway = z.object({
  format: z.literal(1),
  identity: gatewayIdentity,
  title: z.string(),
  /** SPKI in DER, base64. */
  publicKey: z.string(),
  /** When, ms since the epoch. */
  paired: z.number(),
  seen: z.number().optional(),
  /** Of the last event that is kept here. */
  sequence: z.number().int().nonnegative(),
  events: z.array(gatewayEvent),
});
export type PairedGateway = z.output<typeof pairedGateway>;

export interface Roster {
  all(): readonly PairedGateway[];
  get(gateway: string): PairedGateway | undefined;
  /** On disk when it resolves. */
  put(gateway: PairedGateway): Promise<void>;
  remove(gateway: string): Promise<void>;
  /** Resolves when nothing is being written. */
  settled(): Promise<void>;
}

/** @param warn told of a file that cannot be used: its gateway is then none that was paired */
export async function openRoster(directory: string, warn: (error: unknown) => void): Promise<Roster> {
  const fileOf = (gateway: string) => join(directory, `${gateway}.json`);
  const read = await readFolder(directory, pairedGateway, warn);
  const held = new Map([...read.values()].map((gateway) => [gateway.identity.gateway, gateway]));
  /** One write after the other: of two at once the older might land last. */
  let writing: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    const done = writing.then(work);
    writing = done.catch(() => undefined);
    return done;
  };

  return {
    all: () => [...held.values()],
    get: (gateway) => held.get(gateway),
    put(gateway) {
      const id = gateway.identity.gateway;
      held.set(id, gateway);
      // The newest, in case another has come while this one waited.
      return inTurn(async () => {
        const newest = held.get(id);
        if (newest) await writeSecretFile(fileOf(id), `${JSON.stringify(newest, undefined, 2)}\n`);
      });
    },
    remove(gateway) {
      held.delete(gateway);
      return inTurn(() => rm(fileOf(gateway), { force: true }));
    },
    settled: () => inTurn(() => Promise.resolve()),
  };
}

/** With one more event; the oldest make room. What was told before stays as it is. */
export function withEvent(gateway: PairedGateway, event: GatewayEvent): PairedGateway {
  if (event.sequence <= gateway.sequence) return gateway;
  const events = [...gateway.events, event];
  const dropped = Math.max(0, events.length - eventsLimit.value);
  if (dropped > 0) eventsLimit.cost(dropped);
  return { ...gateway, sequence: event.sequence, events: events.slice(dropped) };
}
