import { postgresTarget } from '../schema.ts';
import { openPostgresReader } from '../senders/postgres/reader.ts';
import type { Reading } from './tables.ts';

/** Reads a PostgreSQL database: user and password in the address, or in PGUSER and PGPASSWORD. */
export async function readPostgres(address: string, ca: string): Promise<Reading> {
  const url = new URL(address);
  const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  [url.username, url.password] = ['', ''];
  const target = postgresTarget.parse({ type: 'postgres', url: url.href, username, password, ca });
  const reader = await openPostgresReader(target);
  return {
    address: url.href,
    schemas: true,
    all: (sql, values) => reader.all(sql, values),
    has: async (table) =>
      (await reader.all('SELECT to_regclass($1) IS NOT NULL AS there', [table]))[0]?.['there'] === true,
    close: () => reader.close(),
  };
}
