import type { ModelRow, ModelVersion } from '../../messages/index.ts';
import type { RegistryEntry } from './entry.ts';

/** One version as dialogs, sidebar and command line show it. */
export function toModelVersion(entry: RegistryEntry): ModelVersion {
  const { version, digest, task, origin, added, note, aliases, bytes, accuracy, error } = entry;
  return {
    version: version ?? '',
    origin,
    aliases: [...aliases],
    ...(digest !== undefined && { digest }),
    ...(task !== undefined && { task }),
    ...(added !== undefined && { added }),
    ...(note !== undefined && { note }),
    ...(bytes !== undefined && { bytes }),
    ...(accuracy !== undefined && { accuracy }),
    ...(error && { problem: { code: error.code, message: error.message, hint: error.hint } }),
  };
}

/** What `list` answers, a row a model. The order is kept. */
export function toModelRows(entries: readonly RegistryEntry[]): ModelRow[] {
  const rows = new Map<string, ModelVersion[]>();
  for (const entry of entries) rows.set(entry.name, [...(rows.get(entry.name) ?? []), toModelVersion(entry)]);
  return [...rows].map(([name, versions]) => ({ name, versions }));
}
