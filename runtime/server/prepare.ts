import { join } from 'node:path';
import type { Clock } from '../base/index.ts';
import { readOrMakeSecret } from '../keys/index.ts';
import { errors } from './errors.ts';
import { chooseFlow, type FlowChoice, type FlowNode, readFlow } from './flow-file.ts';
import type { ServerOptions } from './options.ts';
import { isLoopback } from './origin.ts';
import { type Password, readPassword } from './password.ts';
import { SHIPPED_FLOWS } from './shipped-flows.ts';
import { readTls } from './tls.ts';
import { closeSecretFiles, mendCredentials, mendStateFiles, prepareUserDirectory } from './user-directory.ts';

/** What a start needs from the user directory, checked and whole. */
export interface Prepared {
  readonly password: Password | undefined;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly choice: FlowChoice;
  readonly flow: readonly FlowNode[];
  readonly credentialSecret: string;
  readonly metricsToken: string;
  readonly tokenFile: string;
}

/**
 * Checks what can be wrong from outside, sets right what can be set right, and makes the secrets at first start.
 *
 * @throws the coded errors of this room and of keys
 */
export async function prepare(options: ServerOptions, host: string, clock: Clock): Promise<Prepared> {
  try {
    return await prepareFiles(options, host, clock);
  } catch (error) {
    // Of the many files and folders any may belong to somebody else: the system's own error names which.
    const { path, dest: file = path, message: reason } = error as NodeJS.ErrnoException & { readonly dest?: string };
    if (file === undefined) throw error;
    throw errors.FILE_UNUSABLE({ file, reason }, { cause: error });
  }
}

async function prepareFiles(options: ServerOptions, host: string, clock: Clock): Promise<Prepared> {
  const { userDir, log } = options;
  // Goes into the names of files that are set aside.
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const onExposed = (file: string, mode: number) =>
    log.warn(`${file} could be read by others (mode ${mode.toString(8)}); it is closed to them now`);

  await prepareUserDirectory(userDir);
  const password = await readPassword(userDir, { onExposed });
  if (!password && !isLoopback(host)) throw errors.PASSWORD_REQUIRED({ host, userDir });
  const tls = options.tls && (await readTls(options.tls));
  const choice = await chooseFlow(userDir, options.flow, SHIPPED_FLOWS);
  const flow = await readFlow(choice, stamp, log);
  await mendStateFiles(userDir, stamp, log);
  await mendCredentials(choice.file, stamp, log);
  await closeSecretFiles(userDir, choice.file, onExposed);
  const tokenFile = join(userDir, 'keys', 'metrics-token');
  return {
    ...{ password, tls, choice, flow, tokenFile },
    metricsToken: await readOrMakeSecret(tokenFile, { onExposed }),
    credentialSecret: await readOrMakeSecret(join(userDir, 'keys', 'credential-secret'), { onExposed }),
  };
}
