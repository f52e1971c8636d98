import type { GatewayEvent, ReleaseFacts } from '../../messages/index.ts';
import { openParts, type PartsOptions } from './open-parts.ts';

/** What came of a deploy to a gateway that does not run. */
export interface StoppedDeploy {
  readonly release: ReleaseFacts;
  /** Why it is not taken; otherwise it runs from the next start on, on probation. */
  readonly refused?: GatewayEvent;
}

/**
 * Takes a bundle file while the gateway is stopped: verifies and tests it, and leaves it to be started next.
 *
 * @throws what is wrong with the bundle, GATEWAY_RUNNING
 */
export async function deployStopped(options: PartsOptions, file: string): Promise<StoppedDeploy> {
  const parts = await openParts(options, { restart: () => undefined });
  try {
    const { rollout, journal } = parts;
    const before = journal.after(0).at(-1)?.sequence ?? 0;
    const release = await rollout.take(file);
    await new Promise<void>((resolve) => {
      const look = () => {
        // Nobody starts it here: it stands before its switch, or was refused.
        if (['idle', 'switching', 'probation'].includes(rollout.status().state)) resolve();
      };
      rollout.onStatus(look);
      look();
    });
    const refused = journal.after(before).findLast(({ kind }) => kind === 'refused');
    return { release, ...(refused && { refused }) };
  } finally {
    await parts.close();
  }
}
