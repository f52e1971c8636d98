import { removePassword, setPassword } from '../server/index.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import { readSecretLine } from './read-secret-line.ts';
import type { PasswdOptions } from './program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace passwd` */
export async function passwd({ userDir, user, remove }: PasswdOptions, terminal: Terminal): Promise<void> {
  if (user === '' || user.includes(':')) {
    throw errors.OPTION_INVALID({ option: '--user', value: user, expected: 'a name without ":"' });
  }
  if (remove) {
    await removePassword(userDir);
    return terminal.result(`The password of ${userDir} is removed: from the next start only this machine is served.`);
  }
  const password = await readSecretLine(`Password for "${user}": `);
  if (process.stdin.isTTY && password !== (await readSecretLine('Again: '))) throw errors.PASSWORDS_DIFFER({ userDir });
  await setPassword(userDir, user, password);
  terminal.result(`The password of "${user}" is set for ${userDir}. It holds from the next start on.`);
  terminal.progress(
    `To let other machines in: ${MILLRACE} start --user-dir ${userDir} --host 0.0.0.0 --tls-cert FILE --tls-key FILE`,
  );
}
