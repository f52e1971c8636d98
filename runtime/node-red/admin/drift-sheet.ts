import { type DriftSheet, driftReportRequest, driftSheetRequest } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes, Download } from './routes.ts';

/** A watched stream as a person looks at it: words and pictures for the sidebar, and a page to print. */
export function serveDriftSheet(routes: AdminRoutes, { drift }: Services): void {
  routes.on('get', '/drift/:node/sheet', 'flows.read', ({ params, query }): Promise<DriftSheet> => {
    return drift.sheet(params['node'] ?? '', parseRequest(driftSheetRequest, query));
  });
  routes.on('get', '/drift/:node/report', 'flows.read', async ({ params, query }): Promise<Download> => {
    const node = params['node'] ?? '';
    const page = await drift.report([node], parseRequest(driftReportRequest, query));
    const { name } = await drift.picture(node);
    return {
      download: `drift-${name.replace(/[^\p{L}\p{N}]+/gu, '-') || 'report'}.html`,
      type: 'text/html; charset=utf-8',
      content: new TextEncoder().encode(page),
    };
  });
}
