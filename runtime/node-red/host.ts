/**
 * What the nodes of one process share, for both ways of starting: a host that embeds Node-RED hands its services over;
 * in a plain Node-RED they are made here, under the user directory.
 */
import { join } from 'node:path';
import { attachLive, type Live } from '../live/index.ts';
import { createServices, type Services } from '../services/index.ts';
import { authoriser } from './authorise.ts';
import type { Red } from './red.ts';

export interface Host {
  readonly services: Services;
}

/**
 * The shared services of this Node-RED, and the sidebar's feed on its HTTP server.
 *
 * @param models directories of the model packages that ship with the nodes
 * @throws DIRECTORY_UNWRITABLE
 */
export async function createHost(red: Red, models: readonly string[]): Promise<Host> {
  const services =
    red.settings.millrace?.services ??
    (await createServices({ directory: join(red.settings.userDir ?? '.', 'millrace'), models }));
  feed(red, services);
  return { services };
}

let live: Promise<Live | undefined> = Promise.resolve(undefined);

function feed(red: Red, services: Services): void {
  const root = red.settings.httpAdminRoot;
  if (root === false || !red.server) return;
  live = attachLive({
    server: red.server,
    path: `${root ?? '/'}/millrace/live`.replace(/\/+/g, '/'),
    views: services.views,
    clock: services.clock,
    authorise: authoriser(red),
  }).catch((error: unknown) => {
    red.log.error(`millrace: the sidebar's feed did not start: ${String(error)}`);
    return undefined;
  });
}

/** Says goodbye to every browser: for a host that stops its server. */
export async function closeLive(): Promise<void> {
  await (await live)?.close();
}
