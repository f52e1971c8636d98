import { deviceKey, seal, settingsFile, writeSetting } from '../keys/index.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import type { GatewaySetOptions } from './gateway-program.ts';
import { readSecretLine } from './read-secret-line.ts';
import { refuseRootBesideOwner } from './refuse-root.ts';
import type { Terminal } from './terminal.ts';

/** `millrace gateway set` @throws SETTING_NAME_INVALID, KEY_FILE_UNREADABLE, SIGNING_KEY_INVALID, GATEWAY_OF_ANOTHER */
export async function gatewaySet(
  name: string,
  { userDir, remove }: GatewaySetOptions,
  terminal: Terminal,
): Promise<void> {
  await refuseRootBesideOwner(userDir, `set ${name}${remove ? ' --remove' : ''}`);
  const file = settingsFile(userDir);
  const key = await deviceKey(userDir);
  const value = remove ? undefined : await readSecretLine(`${name}: `);
  // A pipe that failed says nothing, and is no password.
  if (value === '')
    throw errors.OPTION_INVALID({ option: name, value, expected: 'a line with its value (--remove takes it away)' });
  await writeSetting(file, name, value, (text) => seal(key, text, name));
  terminal.result(
    remove ? `${name} is taken away from ${file}.` : `${name} is set, sealed with this device's key, in ${file}.`,
  );
  terminal.progress(`It holds from the flow's next start on: ${MILLRACE} gateway restart`);
}
