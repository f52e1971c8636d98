import { errors } from '../../errors.ts';

export interface TableNames {
  /** Quoted, ready for a statement. */
  readonly messages: string;
  readonly gaps: string;
}

/**
 * The two tables of a receiver, `TABLE` and `TABLE_gaps`, quoted: a name may be a word that SQL keeps for itself.
 *
 * @param schemas `SCHEMA.TABLE` names a table in a schema, and capitals are small letters to who asks without quotes
 * @throws TARGET_INVALID
 *
 * @example
 * tableNames('Plant.messages', { schemas: true }); // { messages: '"plant"."messages"', gaps: '"plant"."messages_gaps"' }
 */
export function tableNames(table: string, { schemas = false } = {}): TableNames {
  if (/^sqlite_/i.test(table)) {
    const reason = 'SQLite keeps names that begin with "sqlite_" for itself';
    throw errors.TARGET_INVALID({ setting: 'table', value: table, reason });
  }
  const parts = schemas ? table.toLowerCase().split('.') : [table];
  const quoted = (suffix: string) =>
    [...parts.slice(0, -1), `${parts.at(-1) ?? ''}${suffix}`]
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.');
  return { messages: quoted(''), gaps: quoted('_gaps') };
}
