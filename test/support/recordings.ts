/** An embedded Node-RED with the nodes `record` and `replay`, for both of their tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as recordConfig from '../../nodes/record/config.ts';
import record from '../../nodes/record/node.ts';
import * as replayConfig from '../../nodes/replay/config.ts';
import replay from '../../nodes/replay/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import { openRecordings } from '../../runtime/datasets/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { type Message, registerCollectors, startNodeRed } from './node-red.ts';

export async function startRecordings() {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-recordings-'));
  const shipped = [`${import.meta.dirname}/../../flows/pump/recordings`];
  const recordings = openRecordings({ directory, clock: systemClock, shipped });
  const host = { services: { clock: systemClock, views: createViewHub(), recordings } } as unknown as Host;
  const sent: Message[] = [];
  const caught: Message[] = [];
  const nodeRed = await startNodeRed({
    register: (red: Red) => {
      record(red, host, recordConfig.palette);
      replay(red, host, replayConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
  return {
    ...{ nodeRed, recordings, directory, sent, caught },
    async stop() {
      await nodeRed.stop();
      await recordings.close();
      await rm(directory, { recursive: true });
    },
  };
}

const at = { z: 'tab', x: 100, y: 100 };

/** The node, what it sends, and a catch node. */
export const flowOf = (
  node: Message & { id: string; type: string },
  ...others: (Message & { id: string; type: string })[]
) => [
  { id: 'tab', type: 'tab', label: 'test' },
  { ...at, wires: [['out']], ...node },
  ...others.map((other) => ({ ...at, wires: [], ...other })),
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
  { id: 'errors', type: 'collects-caught', ...at, wires: [] },
];

/** A status as it is shown where no locale is loaded: its key, cut as every status is. */
export const shown = (key: string) => (key.length > 19 ? `${key.slice(0, 18)}…` : key);
