import type { Gateways } from '../../gateways/index.ts';
import {
  type BundlePreview,
  type DeployStarted,
  deployRequest,
  exportBundleRequest,
  type GatewayLogAnswer,
  gatewayLogRequest,
  type GatewaysAnswer,
  type PairingAnswer,
  previewRequest,
  renameGatewayRequest,
} from '../../messages/index.ts';
import { packBundle, previewBundle } from '../../bundle/index.ts';
import { type AdminRoutes, type Download, parseRequest } from '../../node-red/index.ts';
import { type EditorFlow, packOptions } from './editor-flow.ts';
import { createFitsThere } from './fit-there.ts';

/** The view "Gateways": pair, deploy, look at, restart, go back; and the bundle as a file. */
export function serveGateways(routes: AdminRoutes, parts: EditorFlow & { readonly gateways: Gateways }): void {
  const { gateways, services } = parts;
  const fits = createFitsThere(gateways, services.clock);
  const idIn = (params: Readonly<Record<string, string>>) => params['id'] ?? '';

  routes.on('get', '/gateways', 'flows.read', (): GatewaysAnswer => gateways.list());
  routes.on('get', '/gateways/:id/log', 'flows.read', async ({ params, query }): Promise<GatewayLogAnswer> => {
    const { after } = parseRequest(gatewayLogRequest, query);
    return { lines: [...(await gateways.log(idIn(params), after))] };
  });
  routes.on('get', '/gateways/:id/metrics', 'flows.read', async ({ params }) => {
    return { text: await gateways.metrics(idIn(params)) };
  });
  // It says what the flow holds, and changes nothing.
  routes.on('post', '/gateways/preview', 'flows.read', async ({ body }): Promise<BundlePreview> => {
    const { gateway, ...asked } = parseRequest(previewRequest, body);
    const { manifest, preview } = await previewBundle(await packOptions(parts, asked));
    if (gateway === undefined) return preview;
    const { warnings, problems, ...there } = await fits.preview(gateway, manifest);
    return {
      ...{ ...preview, ...there },
      warnings: [...preview.warnings, ...warnings],
      problems: [...preview.problems, ...problems],
    };
  });

  routes.on('post', '/gateways/pairing', 'flows.write', (): Promise<PairingAnswer> => gateways.pair());
  routes.on('post', '/gateways/bundle', 'flows.write', async ({ body }): Promise<Download> => {
    const { name, ...asked } = parseRequest(exportBundleRequest, body);
    const packed = await packBundle(await packOptions(parts, { name, ...asked }));
    const { bytes } = await gateways.sign(packed, 'any');
    const file = name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
    return { download: `${file}.mrb`, type: 'application/x-tar', content: bytes };
  });
  routes.on('post', '/gateways/deploy', 'flows.write', async ({ body }): Promise<DeployStarted> => {
    const { gateway, ...asked } = parseRequest(deployRequest, body);
    const group = gateways.groupOf(gateway);
    const packed = await packBundle(await packOptions(parts, asked));
    await fits.check(gateway, packed.manifest);
    const bundle = await gateways.sign(packed, group);
    await gateways.deploy(gateway, bundle);
    return { release: bundle.release };
  });
  const { restart, rollBack, withdraw, forget } = gateways;
  const commands = { restart, 'roll-back': rollBack, withdraw, forget };
  for (const [command, run] of Object.entries(commands)) {
    routes.on('post', `/gateways/:id/${command}`, 'flows.write', async ({ params }) => {
      await run(idIn(params));
      return {};
    });
  }
  routes.on('post', '/gateways/:id/rename', 'flows.write', async ({ params, body }) => {
    await gateways.rename(idIn(params), parseRequest(renameGatewayRequest, body).title);
    return {};
  });
}
