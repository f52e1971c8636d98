import type { GatewayRow } from '../../../runtime/messages/index.ts';

/**
 * Remembers who is paired now.
 *
 * @returns finds who was paired since: for the first time, or anew
 */
export function newlyPaired(rows: readonly GatewayRow[]): (later: readonly GatewayRow[]) => GatewayRow | undefined {
  const before = new Map(rows.map(({ identity, paired }) => [identity.gateway, paired]));
  return (later) => later.find(({ identity, paired }) => before.get(identity.gateway) !== paired);
}
