/**
 * What the nodes of one process share, for both ways of starting: a host that embeds Node-RED hands its services over;
 * in a plain Node-RED they are made here, under the user directory.
 */
import { join } from 'node:path';
import type { MillraceError } from '../base/index.ts';
import { createServices, type Services } from '../services/index.ts';
import type { EditorSide } from './admin/serve-editor.ts';
import type { Red } from './red.ts';

export interface Host {
  readonly services: Services;
}

/** Read-only directories. */
export interface Shipped {
  readonly models: readonly string[];
  readonly recordings: readonly string[];
}

/**
 * The shared services of this Node-RED, and where it has an editor what the sidebar asks of its HTTP server.
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
  // A gateway has no editor to answer, and need not load what would.
  if (red.settings.httpAdminRoot !== false) {
    const { serveEditor } = await import('./admin/serve-editor.ts');
    editor = serveEditor(red, services);
  }
  return { services };
}

/** In the sidebar: a warning of the outbox may concern no node that is left. */
function showWarning({ views, clock }: Services, { code, message, hint, title }: MillraceError): void {
  // A backlog may be served again at the next deploy, and nobody would take this down: it is in the log.
  if (code === 'BACKLOG_UNSERVED') return;
  const origin = { node: 'outbox', name: 'outbox', type: 'outbox', time: clock.now() };
  views.publish({ ...origin, kind: 'problem', code, message, hint, title, count: 1 });
}

let editor: EditorSide | undefined;

/** Says goodbye to every browser: for a host that stops its server. */
export async function closeLive(): Promise<void> {
  await editor?.close();
}
