import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '../base/index.ts';
import { createServices } from '../services/index.ts';
import { errors } from './errors.ts';
import type { RunningServer, ServerOptions } from './options.ts';
import { SHIPPED_FLOWS } from './shipped-flows.ts';
import { startHost } from './start-host.ts';

/**
 * Starts Millrace: editor, flows, nodes and their services in this process, on one port.
 *
 * @throws the coded errors of this room (port in use, user directory unusable, …), each with what to do
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const palette = findPalette();
  // A bundle's process reads this module too, and has no gateways.
  const { createGateways } = await import('../gateways/index.ts');
  return await startHost(options, {
    clock: systemClock,
    palette,
    gateways: ({ host, tls }) =>
      createGateways({
        ...{ directory: join(options.userDir, 'gateways'), host, port: options.gatewayPort ?? 1881, tls },
        ...{ name: hostname(), clock: systemClock, warn: (error) => options.log.report('warn', error, 'gateways') },
      }),
    services: () => createServices({ directory: join(options.userDir, 'millrace'), ...shippedWith(palette) }),
  });
}

/** What lies beside the nodes for them to use. */
const shippedWith = (palette: string) => ({
  models: [join(palette, 'models')],
  recordings: [join(palette, 'recordings')],
  flows: SHIPPED_FLOWS,
});

/**
 * The folder of the package with the nodes, as Node resolves it from here.
 *
 * @throws PALETTE_MISSING
 */
export function findPalette(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('millrace/package.json'));
  } catch (error) {
    throw errors.PALETTE_MISSING({ reason: (error as Error).message.split('\n')[0] ?? '' }, { cause: error });
  }
}
