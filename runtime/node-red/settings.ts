import type { z } from 'zod';
import { errors } from './errors.ts';
import type { NodeDefinition } from './definition.ts';
import type { SavedConfig } from './red.ts';

/**
 * The settings of a node: migrated to today's shape, then parsed by its schema.
 *
 * @throws SETTING_INVALID naming the first wrong setting and its value
 */
export function readSettings<Schema extends z.ZodType>(
  definition: NodeDefinition<Schema>,
  saved: SavedConfig,
): z.output<Schema> {
  let config: Record<string, unknown> = saved;
  const done = typeof saved['format'] === 'number' ? saved['format'] : 0;
  for (const migrate of (definition.migrations ?? []).slice(done)) config = migrate(config);
  const result = definition.config.safeParse(config);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], config);
  throw errors.SETTING_INVALID({
    type: definition.type,
    setting: path.map(String).join('.'),
    value: JSON.stringify(value) ?? 'missing',
    problem: issue?.message ?? 'not understood',
  });
}
