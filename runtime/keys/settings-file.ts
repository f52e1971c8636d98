/**
 * `settings.env` of a user directory: what a bundle leaves to the device, one `NAME=value` a line. A value that stands there
 * as `sealed:…` can be opened with the device's key only; one that somebody typed in is taken as it is.
 */
import { join } from 'node:path';
import type { MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import { readSecretFile, type SecretFileOptions, writeSecretFile } from './secret-file.ts';

const SEALED = 'sealed:';
const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/;

export interface SettingsOptions extends SecretFileOptions {
  /** The names that are asked for: what is sealed under another stays so. Default: all. */
  readonly wanted?: ReadonlySet<string>;
  /** Told of each line that is no setting, which is then passed over. Default: it is thrown. */
  readonly onFault?: (error: MillraceError) => void;
}

export const settingsFile = (userDir: string): string => join(userDir, 'settings.env');

/**
 * The settings of a file, empty where there is none. Empty lines and lines that begin with # are passed over; quotes around
 * a value are taken off.
 *
 * @param unseal opens what stands after `sealed:`, as the value of a name
 * @throws SETTINGS_FILE_DAMAGED naming the line, what `unseal` throws, KEY_FILE_UNREADABLE
 */
export async function readSettingsFile(
  file: string,
  unseal: (sealed: string, name: string) => string | Promise<string>,
  { wanted, onFault, ...options }: SettingsOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const settings = new Map<string, string>();
  for (const [index, line] of (await linesOf(file, options)).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, text = ''] = LINE.exec(line) ?? [];
    if (name === undefined) {
      const fault = errors.SETTINGS_FILE_DAMAGED({ file, line: index + 1 });
      if (!onFault) throw fault;
      onFault(fault);
      continue;
    }
    if (wanted && !wanted.has(name)) continue;
    const value = unquoted(text.trim());
    settings.set(name, value.startsWith(SEALED) ? await unseal(value.slice(SEALED.length), name) : value);
  }
  return settings;
}

/**
 * Sets one setting, sealed, or with `undefined` takes it away; every other line stays as it is.
 *
 * @throws SETTING_NAME_INVALID, KEY_FILE_UNREADABLE
 */
export async function writeSetting(
  file: string,
  name: string,
  value: string | undefined,
  seal: (text: string, name: string) => string | Promise<string>,
): Promise<void> {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw errors.SETTING_NAME_INVALID({ name });
  const kept = (await linesOf(file, {})).filter((line) => line !== '' && LINE.exec(line)?.[1] !== name);
  const set = value === undefined ? [] : [`${name}=${SEALED}${await seal(value, name)}`];
  await writeSecretFile(file, [...kept, ...set, ''].join('\n'));
}

const linesOf = async (file: string, options: SecretFileOptions): Promise<readonly string[]> =>
  ((await readSecretFile(file, options)) ?? '').replace(/^\uFEFF/, '').split(/\r?\n/);

const unquoted = (text: string): string => /^(['"])(.*)\1$/.exec(text)?.[2] ?? text;
