import { join } from 'node:path';
import { arch, platform } from 'node:process';
import { gatewayId } from '../../keys/index.ts';
import type { GatewayIdentity } from '../../messages/index.ts';
import { type GatewaySettings, readGatewaySettings } from './gateway-settings.ts';

/**
 * What the gateway of a user directory is, as its studio hears it.
 *
 * @param version of Millrace
 * @throws GATEWAY_FILE_DAMAGED, GATEWAY_FILE_TOO_NEW, GATEWAY_ID_DAMAGED
 */
export async function gatewayIdentity(userDir: string, version: string): Promise<GatewayIdentity> {
  const settings = await readGatewaySettings(userDir);
  return identityWith(settings, await gatewayId(join(userDir, 'millrace')), version);
}

export function identityWith({ name, group }: GatewaySettings, gateway: string, version: string): GatewayIdentity {
  return { gateway, name, group, version, platform, architecture: arch, node: process.versions.node };
}
