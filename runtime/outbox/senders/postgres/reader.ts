import type { PostgresTarget } from '../../schema.ts';
import { loadLibrary } from '../load-library.ts';
import { explain } from './answers.ts';
import { clientConfig } from './client-config.ts';

/** Asks what a database holds, and changes nothing. @throws the coded errors of a connection */
export async function openPostgresReader(target: PostgresTarget) {
  const { default: library } = await loadLibrary('pg', () => import('pg'));
  const client = new library.Client(clientConfig(target));
  client.on('error', () => undefined);
  const told = (error: unknown) => {
    throw explain(error, target.url);
  };
  const close = () => client.end().catch(() => undefined);
  try {
    await client.connect();
    await client.query('SET default_transaction_read_only = on');
  } catch (error) {
    await close();
    return told(error);
  }
  return {
    async all(sql: string, values: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]> {
      const answer = await client.query<Record<string, unknown>>(sql, [...values]).catch(told);
      return answer.rows;
    },
    close,
  };
}
