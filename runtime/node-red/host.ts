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
  /** Says that a node uses the services. @returns a function that says that it no longer does */
  retain(): () => void;
}

/** How long unused services stay: a deploy closes every node before it makes the new ones. */
const LINGER = 5_000;

/**
 * The shared services of this Node-RED, and the sidebar's feed on its HTTP server.
 *
 * @param models directories of the model packages that ship with the nodes
 */
export function createHost(red: Red, models: readonly string[]): Host {
  const given = red.settings.millrace?.services;
  let own: Services | undefined;
  let live: Promise<Live> | undefined;
  let users = 0;

  const feed = (services: Services) => {
    const root = red.settings.httpAdminRoot;
    if (root === false || !red.server) return;
    live = attachLive({
      server: red.server,
      path: `${root ?? '/'}/millrace/live`.replace(/\/+/g, '/'),
      views: services.views,
      clock: services.clock,
      authorise: authoriser(red),
    });
    live.catch((error: unknown) => red.log.error(`millrace: the sidebar's feed did not start: ${String(error)}`));
  };

  const services = (): Services => {
    if (given) return given;
    if (!own) {
      own = createServices({ directory: join(red.settings.userDir ?? '.', 'millrace'), models });
      feed(own);
    }
    return own;
  };

  const closeUnused = async () => {
    if (users > 0 || !own) return;
    const [closing, feeding] = [own, live];
    own = undefined;
    live = undefined;
    await (await feeding?.catch(() => undefined))?.close();
    await closing.close();
  };

  if (given) feed(given);
  // The sidebar connects as soon as the editor opens, before any node of ours is there.
  else services();

  return {
    get services() {
      return services();
    },
    retain() {
      services();
      users++;
      return () => {
        users--;
        if (users > 0 || given) return;
        setTimeout(() => void closeUnused(), LINGER).unref();
      };
    },
  };
}
