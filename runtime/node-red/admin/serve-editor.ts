/** What the editor's sidebar and dialogs ask of the server: their routes and the feed of what changes. */
import { attachLive, type Live } from '../../live/index.ts';
import type { Services } from '../../services/index.ts';
import { authoriser } from '../authorise.ts';
import type { Red } from '../red.ts';
import { createTap } from '../tap.ts';
import { serveBoards } from './boards.ts';
import { serveData } from './data.ts';
import { serveDrift } from './drift.ts';
import { serveDriftSheet } from './drift-sheet.ts';
import { serveImports } from './imports.ts';
import { serveModels } from './models.ts';
import { serveOutbox } from './outbox.ts';
import { serveRecordings } from './recordings.ts';
import { adminRoutes } from './routes.ts';
import { serveTell } from './tell.ts';
import { serveTests } from './tests.ts';
import { serveTraining } from './training.ts';
import { createUploads } from './uploads.ts';

export interface EditorSide {
  /** Says goodbye to every browser. */
  close(): Promise<void>;
}

export function serveEditor(red: Red, services: Services): EditorSide {
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
  const live = feed(red, services);
  return { close: async () => (await live)?.close() };
}

async function feed(red: Red, services: Services): Promise<Live | undefined> {
  const root = red.settings.httpAdminRoot;
  if (root === false || !red.server) return undefined;
  try {
    return await attachLive({
      server: red.server,
      path: `${root ?? '/'}/millrace/live`.replace(/\/+/g, '/'),
      views: services.views,
      clock: services.clock,
      authorise: authoriser(red),
    });
  } catch (error) {
    red.log.error(`millrace: the sidebar's feed did not start: ${String(error)}`);
    return undefined;
  }
}
