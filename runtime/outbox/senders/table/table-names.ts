import { errors } from '../../errors.ts';

export interface TableNames {
  /** Quoted, ready for a statement. */
  readonly messages: string;
  readonly gaps: string;
}

/** PostgreSQL cuts longer names, and the second table would be the first. @see NAMEDATALEN */
const LONGEST = 63;

/**
 * The two tables of a receiver, `TABLE` and `TABLE_gaps`, quoted. Where there are schemas, `SCHEMA.TABLE` names one in a
 * schema; a name may hold any other character.
 *
 * @throws TARGET_INVALID
 *
 * @example
 * tableNames('plant.messages', { schemas: true }); // { messages: '"plant"."messages"', gaps: '"plant"."messages_gaps"' }
 */
export function tableNames(table: string, { schemas = false } = {}): TableNames {
  const parts = schemas ? table.split('.') : [table];
  const wrong = (reason: string) => errors.TARGET_INVALID({ setting: 'table', value: table, reason });
  if (parts.length > 2 || parts.some((part) => part === '')) throw wrong('a table is named TABLE or SCHEMA.TABLE');
  if (/[\0\p{Surrogate}]/u.test(table)) throw wrong('it holds a character that no database takes in a name');
  if (/^sqlite_/i.test(parts.at(-1) ?? '')) throw wrong('SQLite keeps names that begin with "sqlite_" for itself');
  if (parts.some((part) => Buffer.byteLength(`${part}_gaps`) > LONGEST)) {
    throw wrong(`it is longer than ${LONGEST - '_gaps'.length} bytes`);
  }
  const quoted = (suffix: string) =>
    [...parts.slice(0, -1), `${parts.at(-1) ?? ''}${suffix}`]
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.');
  return { messages: quoted(''), gaps: quoted('_gaps') };
}
