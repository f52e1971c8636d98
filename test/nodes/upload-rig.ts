/** `upload` and `target` in a real Node-RED, over a real outbox in a directory that is gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as targetConfig from '../../nodes/target/config.ts';
import target from '../../nodes/target/node.ts';
import * as uploadConfig from '../../nodes/upload/config.ts';
import locale from '../../nodes/upload/locale.json' with { type: 'json' };
import upload from '../../nodes/upload/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import type { View } from '../../runtime/messages/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { openOutbox } from '../../runtime/outbox/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { type FlowNode, type Message, startNodeRed } from '../support/node-red.ts';

/** Node-RED finds a node's words beside its built file; here they come from the source. */
function inEnglish<T extends Red>(red: T): T {
  const words = (key: string, values: Record<string, unknown> = {}) => {
    const word = locale.status[key.replace('upload.status.', '') as keyof typeof locale.status];
    return word.replace(/__(\w+)__/g, (_, name: string) => String(values[name]));
  };
  return Object.assign(Object.create(red) as T, { _: words });
}

export async function startUploadRig() {
  const views = createViewHub();
  const shown: View[] = [];
  const caught: Message[] = [];
  const completed: Message[] = [];
  views.listen((view) => shown.push(view));
  const directory = await mkdtemp(join(tmpdir(), 'millrace-upload-'));
  const outbox = openOutbox({ directory: join(directory, 'outbox'), gateway: 'gateway-1', clock: systemClock });
  const host = { services: { clock: systemClock, views, outbox } } as unknown as Host;
  const nodeRed = await startNodeRed({
    register: (given: Red) => {
      const red = inEnglish(given);
      target(red, host, targetConfig.palette);
      upload(red, host, uploadConfig.palette);
      for (const [type, into] of Object.entries({ collects: caught, completes: completed })) {
        red.nodes.registerType(type, function (config) {
          red.nodes.createNode(this, config);
          this.on('input', (message, _send, done) => {
            into.push(message);
            done();
          });
        });
      }
    },
  });
  return {
    directory,
    outbox,
    nodeRed,
    shown,
    /** What Catch hands on. */
    caught,
    /** What the node was done with. */
    completed,
    codes: () => caught.map(({ error }) => (error as { code?: string }).code),
    clear() {
      for (const list of [shown, caught, completed]) list.length = 0;
    },
    async stop() {
      await nodeRed.stop();
      await outbox.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const at = { z: 'tab', x: 10, y: 10 };

/** An upload node `upload` that sends to the target `cloud`, and who hears of its errors and of what it has done. */
export const uploadFlow = (settings: Record<string, unknown>, uploading: Record<string, unknown> = {}): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'upload' },
  { id: 'upload', type: 'upload', ...at, target: 'cloud', ...uploading, wires: [] },
  { id: 'cloud', type: 'target', ...settings },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['caught']] },
  { id: 'caught', type: 'collects', ...at, wires: [] },
  { id: 'complete', type: 'complete', ...at, scope: ['upload'], wires: [['completed']] },
  { id: 'completed', type: 'completes', ...at, wires: [] },
];
