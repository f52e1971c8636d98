/** What tests of deploys do with a studio of each test. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FakeGateway, type Linked, signedBundle } from './gateways.ts';
import { until } from './node-red.ts';
import type { StudioOfEach } from './studio-of-each.ts';

export const idOf = ({ identity }: FakeGateway) => identity.gateway;

export function deploying(held: StudioOfEach) {
  const phaseOf = (gateway: FakeGateway) => held.studio.row(idOf(gateway)).deploy?.phase;
  return {
    inPhase: (gateway: FakeGateway, phase: string) =>
      until(() => phaseOf(gateway) === phase, `phase ${phase}, now ${phaseOf(gateway)}`),
    async deploy(gateway: FakeGateway, files: Record<string, Uint8Array> = {}) {
      const bundle = await signedBundle(held.studio.gateways, { files });
      await held.studio.gateways.deploy(idOf(gateway), bundle);
      return bundle.release;
    },
    /** Ends its link, and waits until the studio sees that. */
    async goesAway({ link, gateway }: Linked) {
      await link.close();
      await until(() => !held.studio.row(idOf(gateway)).connected, 'the gateway to go');
    },
    /** The files of a deploy go a moment after its end is shown. */
    nothingWaits: () =>
      until(
        async () => (await readdir(join(held.studio.directory, 'deploys'))).length === 0,
        'the files of a deploy to go',
      ),
  };
}
