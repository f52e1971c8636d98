import type { BundleSetting } from '../bundle/index.ts';
import { readSettingsFile, settingsFile } from '../keys/index.ts';

/**
 * What the device's settings file says of `${NAME}` in a flow, where the environment does not: for its tests. Secrets stay where
 * they are: a flow under test reaches nobody.
 */
export async function plainSettings(
  settings: readonly BundleSetting[],
  userDir: string,
): Promise<Readonly<Record<string, string>>> {
  const inFile = await readSettingsFile(settingsFile(userDir), () => '', { onFault: () => undefined });
  const wanted = settings.filter(({ name, secret }) => !secret && process.env[name] === undefined);
  return Object.fromEntries(
    wanted.flatMap(({ name }) => {
      const value = inFile.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}
