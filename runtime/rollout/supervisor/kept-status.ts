import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../base/index.ts';
import { writeDurably } from '../../keys/index.ts';
import type { GatewayIdentity, GatewayStatus } from '../../messages/index.ts';

const FORMAT = 1;

/** `status.json`: how a gateway was when something other than its vitals last changed, for whoever asks while it is stopped. */
export interface KeptStatus {
  keep(status: GatewayStatus): void;
  /** Resolves when the newest is written. */
  settled(): Promise<void>;
}

const identified = z.object({ identity: z.object({ gateway: z.string() }) });

/** The id that the gateway was last known by. */
export async function lastKnownId(file: string): Promise<string | undefined> {
  try {
    return identified.parse(JSON.parse(await readFile(file, 'utf8'))).identity.gateway;
  } catch {
    return undefined;
  }
}

export function keepStatusIn(file: string, identity: () => GatewayIdentity, clock: Clock): KeptStatus {
  let next: string | undefined;
  let writing: Promise<void> | undefined;
  const write = async () => {
    while (next !== undefined) {
      const text = next;
      next = undefined;
      // Nothing depends on it: a disk that is full does not matter here.
      await writeDurably(file, `${text}\n`).catch(() => undefined);
    }
    writing = undefined;
  };
  return {
    keep({ vitals: _, ...status }) {
      next = JSON.stringify({ format: FORMAT, time: clock.now(), identity: identity(), status });
      writing ??= write();
    },
    settled: async () => await writing,
  };
}
