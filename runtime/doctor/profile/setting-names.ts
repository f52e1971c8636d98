import { readSettingsFile, settingsFile } from '../../keys/index.ts';

/** Which settings of flows are set here: their names, never their values. */
export async function settingNames(userDir: string): Promise<string[]> {
  const sealed = () => '';
  const file = settingsFile(userDir);
  const settings = await readSettingsFile(file, sealed, { onFault: () => undefined }).catch(
    () => new Map<string, string>(),
  );
  return [...settings.keys()].sort();
}
