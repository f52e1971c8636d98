import { existsSync } from 'node:fs';
import type { BundleSetting } from '../../bundle/index.ts';
import { deviceKeyFile, readSettingsFile, readSigningKey, settingsFile, unseal } from '../../keys/index.ts';
import { errors } from '../errors.ts';
import type { Log } from '../log.ts';

/** Credentials of nodes, as Node-RED keeps them. */
export type Credentials = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface DeviceSettings {
  /** For `${NAME}` in the flow. */
  readonly environment: Readonly<Record<string, string>>;
  readonly credentials: Credentials;
}

interface Options {
  readonly userDir: string;
  /** Default: `settings.env` of the user directory. */
  readonly file?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

/**
 * What the bundle leaves to this device: from the environment, or else from the settings file.
 *
 * @throws SETTINGS_FILE_MISSING, BUNDLE_SETTINGS_MISSING naming all that are set nowhere, SEALED_NOT_OPENED
 */
export async function deviceSettings(wanted: readonly BundleSetting[], options: Options): Promise<DeviceSettings> {
  const { userDir, file = settingsFile(userDir), environment, log } = options;
  if (options.file !== undefined && !existsSync(file)) throw errors.SETTINGS_FILE_MISSING({ file });
  const inFile = await readSettingsFile(file, unsealer(userDir), {
    wanted: new Set(wanted.map(({ name }) => name)),
    ...(options.file !== undefined && { named: true }),
    // What a slip of the pen takes away may be nothing that this bundle wants; if it is, it is named as missing.
    onFault: (fault) => log.report('warn', fault),
    onExposed: (exposed, mode) =>
      log.warn(`${exposed} could be read by others (mode ${mode.toString(8)}); it is closed to them now`),
  });
  const valueOf = (name: string) => environment[name] ?? inFile.get(name);
  const missing = wanted.filter(({ name }) => valueOf(name) === undefined);
  if (missing.length > 0) throw errors.BUNDLE_SETTINGS_MISSING({ missing });

  const plain: Record<string, string> = {};
  const credentials: Record<string, Record<string, string>> = {};
  for (const { name, credential } of wanted) {
    const value = valueOf(name) ?? '';
    if (credential) (credentials[credential.node] ??= {})[credential.field] = value;
    else plain[name] = value;
  }
  return { environment: plain, credentials };
}

/** Opens with the device's key, which is read only where something is sealed. */
function unsealer(userDir: string) {
  let key: ReturnType<typeof readSigningKey> | undefined;
  return async (sealed: string, name: string) =>
    unseal(await (key ??= readSigningKey(deviceKeyFile(userDir))), sealed, name);
}
