import { join } from 'node:path';
import { systemClock } from '../base/index.ts';
import { createDrift, type Drift } from '../drift/index.ts';
import type { WatchedStream } from '../messages/index.ts';
import { errors } from './errors.ts';
import { withModels } from './open-models.ts';

/** Opens what is known of drift in a user directory for as long as the work takes. */
export async function withDrift<T>(userDir: string, work: (drift: Drift) => Promise<T>): Promise<T> {
  return await withModels(userDir, async (models) => {
    const drift = createDrift({ models, clock: systemClock, directory: join(userDir, 'millrace', 'drift') });
    try {
      return await work(drift);
    } finally {
      await drift.close?.();
    }
  });
}

/**
 * The stream that a person means: by the node's id, its name, or what only one of them begins with.
 *
 * @throws DRIFT_NODE_UNKNOWN
 */
export async function findStream(drift: Drift, node: string): Promise<WatchedStream> {
  const streams = await drift.streams();
  const called = (what: (stream: WatchedStream) => boolean) => {
    const found = streams.filter(what);
    return found.length === 1 ? found[0] : undefined;
  };
  const meant =
    called((stream) => stream.node === node) ??
    called(({ name }) => name === node) ??
    called(({ name }) => name.toLowerCase() === node.toLowerCase()) ??
    called((stream) => node !== '' && (stream.node.startsWith(node) || stream.name.startsWith(node)));
  if (meant) return meant;
  const same = streams.filter(({ name }) => name === node);
  throw errors.DRIFT_NODE_UNKNOWN({
    ...{ node, several: same.length > 1 },
    known: (same.length > 1 ? same : streams).map((stream) => ({ id: stream.node, name: stream.name })),
  });
}
