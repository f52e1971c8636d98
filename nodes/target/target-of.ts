import type { TargetSettings } from '../../runtime/outbox/index.ts';
import type { TargetConfig } from './config.ts';

/** What the outbox is told of a target: an emptied topic means the usual one. */
export function targetOf(
  { kind, port, url, clientId, topic }: TargetConfig,
  { username = '', password = '' }: Readonly<Record<string, string>>,
): TargetSettings {
  const common = topic === '' ? {} : { topic };
  if (kind === 'built-in') return { type: kind, port, ...common };
  return { type: kind, url, clientId, username, password, ...common };
}
