import { systemClock } from '../base/index.ts';
import { changeGatewaySettings, connectGateway, gatewayIdentity, pairWithStudio } from '../rollout/index.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import type { GatewayPairOptions } from './gateway-program.ts';
import { readVersion } from './manifest.ts';
import { refuseRootBesideOwner } from './refuse-root.ts';
import type { Terminal } from './terminal.ts';

/**
 * `millrace gateway pair CODE`
 *
 * @throws OPTION_INVALID, GATEWAY_OF_ANOTHER, and what keeps the two from pairing
 */
export async function gatewayPair(code: string, options: GatewayPairOptions, terminal: Terminal): Promise<void> {
  const { userDir, name, root, json } = options;
  if (root !== undefined && root !== 'keep' && root !== 'replace') {
    throw errors.OPTION_INVALID({ option: '--root', value: root, expected: 'keep or replace' });
  }
  await refuseRootBesideOwner(userDir, `pair ${code}`);
  // It writes the device's key.
  process.umask(0o077);
  if (name !== undefined) await changeGatewaySettings(userDir, { name });
  const identity = await gatewayIdentity(userDir, readVersion());
  const paired = await pairWithStudio({ userDir, identity, code, clock: systemClock, ...(root && { root }) });
  if (json) return terminal.result(JSON.stringify({ ...identity, ...paired }));
  terminal.result(`Gateway "${identity.name}" is paired with the studio ${paired.studio} at ${paired.address}.`);
  const running = await connectGateway(userDir).then(
    (control) => {
      control.close();
      return true;
    },
    () => false,
  );
  if (running) terminal.progress('\nThe gateway runs, and connects by itself.');
  else terminal.progress(`\nStart it: ${MILLRACE} gateway start`);
}
