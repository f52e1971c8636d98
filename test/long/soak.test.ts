/** Days of the virtual pump with its season, one window a minute, through the drift node in a real Node-RED. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as driftConfig from '../../nodes/drift/config.ts';
import drift from '../../nodes/drift/node.ts';
import type { Clock } from '../../runtime/base/index.ts';
import { createDrift } from '../../runtime/drift/index.ts';
import type { DriftPayload } from '../../runtime/messages/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { BY_THE_MINUTE, settingsFor } from '../../scripts/soak.ts';
import { judgeSoak } from '../../scripts/soak/judge.ts';
import { soakPump, type Watched } from '../../scripts/soak/pump-soak.ts';
import { type EmbeddedNodeRed, startNodeRed } from '../support/node-red.ts';

let heard: (event: DriftPayload) => void = () => undefined;
const host = { services: {} as Record<string, unknown> };
let nodeRed: EmbeddedNodeRed;
beforeAll(async () => {
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      drift(red, host as unknown as Host, driftConfig.palette);
      red.nodes.registerType('hears-drift', function (config) {
        red.nodes.createNode(this, config);
        this.on('input', (message, _send, done) => {
          heard(message.payload as DriftPayload);
          done();
        });
      });
    },
  });
});
afterAll(() => nodeRed.stop());

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The node, with the soak's clock: deployed, sent each message, and listened to behind its first output. */
async function watchedByNode(clock: Clock, hear: (event: DriftPayload) => void): Promise<Watched> {
  const models = { resolve: () => Promise.reject(new Error('a soak has no models')) };
  heard = hear;
  host.services = { clock, views: createViewHub(), models, drift: createDrift({ models, clock }) };
  await nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'soak' },
    { id: 'drift', type: 'drift', z: 'tab', x: 100, y: 100, ...settingsFor(BY_THE_MINUTE), wires: [['hears'], []] },
    { id: 'hears', type: 'hears-drift', z: 'tab', x: 300, y: 100, wires: [] },
  ]);
  return {
    async take(message) {
      nodeRed.node('drift').receive({ ...message });
      // Through the node's queue, and what it sends through that of the next.
      for (let i = 0; i < 6; i++) await turn();
    },
    close: () => nodeRed.deploy([]),
  };
}

it('says nothing for two days with a season, and then calls everything that breaks by its name', async () => {
  const chapters = await soakPump({ seed: 1, ...BY_THE_MINUTE, watched: watchedByNode });
  const verdicts = judgeSoak(chapters, BY_THE_MINUTE.every);
  expect(verdicts.filter(({ met }) => !met)).toEqual([]);
  expect(verdicts).toHaveLength(9);
});
