import { hostname } from 'node:os';
import { z } from 'zod';
import { readSecretFile, writeSecretFile } from '../../keys/index.ts';
import { errors } from './errors.ts';
import { gatewayPaths } from './paths.ts';

const FORMAT = 1;

/** `gateway.json`: what a gateway is called, which bundles are for it, and where its studio is. */
const gatewaySettings = z.object({
  format: z.literal(FORMAT),
  name: z.string().min(1).max(64),
  /** Of releases: it takes those that are signed for it, and those for `any`. */
  group: z.string().min(1).max(64),
  /** None while it is not paired. */
  studio: z
    .looseObject({
      /** Where the studio may be: `host:port`. */
      addresses: z.array(z.string().min(1)),
      /** SHA-256 of its certificate. */
      fingerprint: z.string(),
      /** By which it says that another certificate is its own, whoever else the root of trust belongs to. */
      publicKey: z.string().optional(),
      /** How its machine is called. */
      name: z.string().optional(),
      /** When, ms since the epoch: a running gateway sees by it that it was paired anew. */
      paired: z.number().optional(),
    })
    .optional(),
});
export type GatewaySettings = z.output<typeof gatewaySettings>;

/** Of a gateway that was told nothing: the host's name, and the group `any`. */
export const defaultSettings = (): GatewaySettings => ({
  format: FORMAT,
  name: hostname().slice(0, 64) || 'gateway',
  group: 'any',
});

/**
 * What `gateway.json` says, or `defaultSettings` where there is none.
 *
 * @throws GATEWAY_FILE_DAMAGED, GATEWAY_FILE_TOO_NEW, KEY_FILE_UNREADABLE
 */
export async function readGatewaySettings(userDir: string): Promise<GatewaySettings> {
  const file = gatewayPaths(userDir).settings;
  const text = await readSecretFile(file);
  if (text === undefined) return defaultSettings();
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch (error) {
    throw errors.GATEWAY_FILE_DAMAGED({ file, reason: (error as Error).message }, { cause: error });
  }
  const { format } = z
    .object({ format: z.number().catch(0) })
    .catch({ format: 0 })
    .parse(kept);
  if (format > FORMAT) throw errors.GATEWAY_FILE_TOO_NEW({ file, format, known: FORMAT });
  const parsed = gatewaySettings.safeParse(kept);
  if (parsed.success) return parsed.data;
  throw errors.GATEWAY_FILE_DAMAGED({ file, reason: z.prettifyError(parsed.error) });
}

/**
 * Changes what is given and keeps the rest.
 *
 * @throws as `readGatewaySettings`
 */
export async function changeGatewaySettings(
  userDir: string,
  change: Partial<Omit<GatewaySettings, 'format'>>,
): Promise<GatewaySettings> {
  const changed = gatewaySettings.parse({ ...(await readGatewaySettings(userDir)), ...change });
  await writeSecretFile(gatewayPaths(userDir).settings, `${JSON.stringify(changed, undefined, 2)}\n`);
  return changed;
}
