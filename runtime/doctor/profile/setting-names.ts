import { readSettingsFile, settingsFile } from '../../keys/index.ts';

/** Which settings of flows are set here: their names, never their values. */
export async function settingNames(userDir: string): Promise<string[]> {
  const sealed = () => '';
  const settings = await readSettingsFile(settingsFile(userDir), sealed).catch(() => new Map<string, string>());
  return [...settings.keys()].sort();
}
