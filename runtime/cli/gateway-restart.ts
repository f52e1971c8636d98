import { connectGateway, type GatewayControl } from '../rollout/index.ts';
import { MILLRACE } from './command-name.ts';
import type { GatewayOptions } from './gateway-program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace gateway restart` @throws GATEWAY_NOT_RUNNING */
export async function gatewayRestart({ userDir }: GatewayOptions, terminal: Terminal): Promise<void> {
  await asked(userDir, (control) => control.restart());
  terminal.result('The flow is started anew.');
  terminal.progress(`See how it is: ${MILLRACE} gateway status`);
}

/** `millrace gateway roll-back` @throws GATEWAY_NOT_RUNNING, NOTHING_TO_GO_BACK_TO, DEPLOY_BUSY */
export async function gatewayRollBack({ userDir }: GatewayOptions, terminal: Terminal): Promise<void> {
  await asked(userDir, (control) => control.rollBack());
  terminal.result('The last good bundle is started again.');
  terminal.progress(`See how it is: ${MILLRACE} gateway status`);
}

async function asked(userDir: string, ask: (control: GatewayControl) => Promise<void>): Promise<void> {
  const control = await connectGateway(userDir);
  await ask(control).finally(() => control.close());
}
