import type { TargetType } from '../../runtime/outbox/schema.ts';
import { config, destination, type TargetConfig } from './config.ts';
import { targetOf } from './target-of.ts';

/** What the outbox calls otherwise than the dialog; `kind.setting` where it depends on the kind. */
const CALLED: Readonly<Record<string, keyof TargetConfig>> = {
  'https.url': 'webhook',
  'postgres.url': 'database',
  'sqlite.file': 'databaseFile',
  'files.file': 'object',
};

/** What is wrong with the settings taken together, by the dialog's own names. */
export function problemsOf(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const parsed = config.safeParse(settings);
  if (!parsed.success) return {};
  const result = destination.safeParse(targetOf(parsed.data, {}));
  if (result.success) return {};
  return Object.fromEntries(
    result.error.issues.map(({ path, message }) => [settingAt(parsed.data.kind, path.map(String)), message]),
  );
}

function settingAt(kind: TargetType, [first = '', ...rest]: readonly string[]): string {
  const name = first === 'sending' ? (rest[0] ?? '') : first;
  return CALLED[`${kind}.${name}`] ?? name;
}
