import type { Target } from '../schema.ts';
import { acquireBroker } from './shared-broker.ts';

/**
 * Opens the port of a built-in broker at once and keeps it open, before there is anything to send: its subscribers start
 * with the flow. Where that fails, the delivery tells of it when it connects.
 *
 * @returns a function that lets go of it
 */
export function holdOpen(target: Target): () => Promise<void> {
  if (target.type !== 'built-in') return () => Promise.resolve();
  const held = acquireBroker(target.port).catch(() => undefined);
  return async () => (await held)?.release();
}
