import { join } from 'node:path';
import { deviceKeyFile } from '../../keys/index.ts';

/** Where a gateway keeps what is its own, below the user directory. */
export function gatewayPaths(userDir: string) {
  const directory = join(userDir, 'gateway');
  return {
    directory,
    /** Name, group, studio. */
    settings: join(directory, 'gateway.json'),
    /** What the gateway trusts: the pinned root's envelope. */
    root: join(directory, 'root.json'),
    deviceKey: deviceKeyFile(userDir),
    /** Held by the one supervisor. */
    lock: join(directory, 'lock'),
    control: join(directory, 'control.sock'),
    log: join(directory, 'log'),
    events: join(directory, 'events.jsonl'),
    /** How it was when something last changed: for whoever asks while it is stopped. */
    status: join(directory, 'status.json'),
    /** The flow's process, so that a supervisor that comes after a killed one knows what must end first. */
    flow: join(directory, 'flow-process.json'),
    /** What V8 has compiled of the flow's modules. */
    compiled: join(directory, 'compiled'),
  } as const;
}
