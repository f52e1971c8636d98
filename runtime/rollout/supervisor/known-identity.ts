import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asMillraceError, type Clock, toPlainError } from '../../base/index.ts';
import { gatewayId, restoreGatewayId } from '../../keys/index.ts';
import type { GatewayIdentity, GatewayProblem } from '../../messages/index.ts';
import { identityWith } from './gateway-identity.ts';
import { defaultSettings, readGatewaySettings } from './gateway-settings.ts';
import { lastKnownId } from './kept-status.ts';
import { gatewayPaths } from './paths.ts';

/** What a running gateway is called: another process may change `gateway.json`, and a disk may spoil it. */
export interface KnownIdentity {
  readonly now: GatewayIdentity;
  /** Why the file cannot be used. The flow needs nothing of it and runs on; studio and deploys read it themselves, and are refused. */
  readonly problem: GatewayProblem | undefined;
  onChange(listener: () => void): void;
  close(): void;
}

export interface KnownIdentityOptions {
  readonly userDir: string;
  /** Of Millrace. */
  readonly version: string;
  readonly clock: Clock;
  readonly say: (text: string) => void;
}

/** A disk that has spoilt the file of the id must not keep the flow from running, and the gateway stays who it was. */
async function idOf(userDir: string, say: (text: string) => void): Promise<string> {
  const directory = join(userDir, 'millrace');
  try {
    return await gatewayId(directory);
  } catch (damaged) {
    const known = await lastKnownId(gatewayPaths(userDir).status);
    if (!(await restoreGatewayId(directory, known).catch(() => false))) throw damaged;
    say(`${asMillraceError(damaged).message}; it is what it was when the gateway last ran: ${known}`);
    return await gatewayId(directory);
  }
}

/** ms after which a change is seen. */
const LOOK = 3_000;

/** @throws GATEWAY_ID_DAMAGED, DIRECTORY_UNWRITABLE: everything that the gateway uploads is told apart by its id */
export async function openIdentity(options: KnownIdentityOptions): Promise<KnownIdentity> {
  const { userDir, version, clock, say } = options;
  const listeners = new Set<() => void>();
  const file = gatewayPaths(userDir).settings;
  const gateway = await idOf(userDir, say);
  let now = identityWith(defaultSettings(), gateway, version);
  let problem: GatewayProblem | undefined;
  let seen: string | undefined;

  const look = async () => {
    const stamp = await stat(file).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => 'none',
    );
    if (stamp === seen) return;
    seen = stamp;
    try {
      now = identityWith(await readGatewaySettings(userDir), gateway, version);
      problem = undefined;
    } catch (error) {
      problem = toPlainError(error);
      say(asMillraceError(error).toString());
    }
    for (const listener of listeners) listener();
  };
  await look();
  const looking = clock.every(LOOK, () => void look());
  return {
    get now() {
      return now;
    },
    get problem() {
      return problem;
    },
    onChange: (listener) => void listeners.add(listener),
    close: () => looking.cancel(),
  };
}
