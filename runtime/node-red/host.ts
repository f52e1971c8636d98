/**
 * What the nodes of one process share, for both ways of starting: a host that embeds Node-RED hands its services over;
 * in a plain Node-RED they are made here, under the user directory.
 */
import { join } from 'node:path';
import type { MillraceError } from '../base/index.ts';
import { attachLive, type Live } from '../live/index.ts';
import { createServices, type Services } from '../services/index.ts';
import { serveBoards } from './admin/boards.ts';
import { serveData } from './admin/data.ts';
import { serveDrift } from './admin/drift.ts';
import { serveDriftSheet } from './admin/drift-sheet.ts';
import { serveImports } from './admin/imports.ts';
import { serveModels } from './admin/models.ts';
import { serveOutbox } from './admin/outbox.ts';
import { serveRecordings } from './admin/recordings.ts';
import { adminRoutes } from './admin/routes.ts';
import { serveTell } from './admin/tell.ts';
import { serveTests } from './admin/tests.ts';
import { serveTraining } from './admin/training.ts';
import { createUploads } from './admin/uploads.ts';
import { authoriser } from './authorise.ts';
import type { Red } from './red.ts';
import { createTap } from './tap.ts';

export interface Host {
  readonly services: Services;
}

/** Read-only directories. */
export interface Shipped {
  readonly models: readonly string[];
  readonly recordings: readonly string[];
}

/**
 * The shared services of this Node-RED, and the sidebar's feed on its HTTP server.
 *
 * @param shipped directories of what ships with the nodes
 * @throws DIRECTORY_UNWRITABLE
 */
export async function createHost(red: Red, shipped: Shipped): Promise<Host> {
  const given = red.settings.millrace?.services;
  const services =
    given ?? (await createServices({ directory: join(red.settings.userDir ?? '.', 'millrace'), ...shipped }));
  services.outbox.onWarning((warning) => {
    showWarning(services, warning);
    // A host that hands its services over listens, and logs, itself.
    if (!given) red.log.warn(`millrace: ${warning.toString()}`);
  });
  const routes = adminRoutes(red);
  serveRecordings(routes, red, services, createTap(red));
  serveTell(routes);
  serveBoards(routes, services);
  serveTests(routes, red, services);
  const uploads = createUploads(services.clock);
  serveModels(routes, services, uploads);
  serveImports(routes, services, uploads);
  serveData(routes, services);
  serveTraining(routes, services);
  serveDrift(routes, services);
  serveDriftSheet(routes, services);
  serveOutbox(routes, services);
  red.settings.millrace?.serve?.(routes);
  feed(red, services);
  return { services };
}

/** In the sidebar: a warning of the outbox may concern no node that is left. */
function showWarning({ views, clock }: Services, { code, message, hint, title }: MillraceError): void {
  // A backlog may be served again at the next deploy, and nobody would take this down: it is in the log.
  if (code === 'BACKLOG_UNSERVED') return;
  const origin = { node: 'outbox', name: 'outbox', type: 'outbox', time: clock.now() };
  views.publish({ ...origin, kind: 'problem', code, message, hint, title, count: 1 });
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
