import { hasPostgres, startPostgres } from '../../support/postgres.ts';
import { sendersConform } from './conformance.ts';
import type { Harness } from './harness.ts';
import { fromTables } from './tables.ts';

const available = await hasPostgres();

const postgres = (timescale: boolean): Harness => ({
  kind: `postgres${timescale ? ', the time in its key' : ''}`,
  repeats: 'once',
  network: true,
  signsIn: true,
  missing: !available,
  async start() {
    const server = await startPostgres();
    const { username, password } = server;
    const through = (port: number) =>
      ({ type: 'postgres', url: `postgres://127.0.0.1:${port}/postgres`, username, password, timescale }) as const;
    // A column of its own tells in which order the rows came.
    await server.query(`
      CREATE TABLE millrace_messages (
        gateway text NOT NULL, stream text NOT NULL, sequence bigint NOT NULL, "time" timestamptz NOT NULL,
        id text, topic text, payload jsonb, message json NOT NULL, came bigserial,
        PRIMARY KEY (gateway, stream, sequence${timescale ? ', "time"' : ''}))`);
    return {
      settings: through(server.port),
      network: { port: server.port, through },
      wrong: { ...through(server.port), password: 'not the secret' },
      async received() {
        const rows = await server.query('SELECT message::text AS message FROM millrace_messages ORDER BY came');
        const [gaps] = await server.query(`SELECT to_regclass('millrace_messages_gaps') IS NOT NULL AS there`);
        return fromTables(
          rows.map(({ message }) => JSON.parse(String(message)) as unknown),
          gaps?.['there'] === true ? await server.query('SELECT * FROM millrace_messages_gaps') : [],
        );
      },
      stop: async () => await server[Symbol.asyncDispose](),
    };
  },
});

sendersConform(postgres(false));
sendersConform(postgres(true));
