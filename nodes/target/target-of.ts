import type { z } from 'zod';
import type { TargetSettings } from '../../runtime/outbox/index.ts';
import type { config } from './config.ts';

/** What the outbox is told of a target: an emptied topic means the usual one. */
export function targetOf(
  { kind, port, url, clientId, topic }: z.output<typeof config>,
  { username = '', password = '' }: Readonly<Record<string, string>>,
): TargetSettings {
  const common = topic === '' ? {} : { topic };
  if (kind === 'built-in') return { type: kind, port, ...common };
  return { type: kind, url, clientId, username, password, ...common };
}
