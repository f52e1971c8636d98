import { afterAll } from 'vitest';
import { wireMessage } from '../../../runtime/messages/index.ts';
import type { TargetSettings } from '../../../runtime/outbox/index.ts';
import { makeAuthority } from '../../support/certificates.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { sendersConform } from './conformance.ts';
import type { Harness } from './harness.ts';
import { gapsAsSent } from './support.ts';

const available = await hasPostgres();

/** One server a kind, and a table a test. */
function postgres(kind: string, encrypted: boolean): Harness {
  const authority = encrypted ? makeAuthority() : undefined;
  const tls = authority?.sign('localhost');
  let started: Promise<PostgresServer> | undefined;
  let tables = 0;
  afterAll(async () => (await started)?.[Symbol.asyncDispose]());
  return {
    kind,
    repeats: 'once',
    network: true,
    signsIn: true,
    missing: !available,
    async start() {
      const server = await (started ??= startPostgres(tls ? { tls: { ...tls, ca: authority?.ca ?? '' } } : {}));
      const table = `t${++tables}`;
      const { username, password } = server;
      const certificates = tls && { ca: authority?.ca ?? '', ...tls };
      const through = (port: number, secret = password): TargetSettings => ({
        ...{ url: `postgres://localhost:${port}/postgres`, username, password: secret, table },
        type: 'postgres',
        ...certificates,
      });
      return {
        settings: through(server.port),
        network: { port: server.port, through },
        wrong: through(server.port, 'not the password'),
        async received() {
          const [there] = await server.query(`SELECT to_regclass('${table}') IS NOT NULL AS yes`);
          if (!there?.['yes']) return [];
          const held = await server.query(`SELECT message::text FROM ${table} ORDER BY stream, sequence`);
          const gaps = await server.query(`SELECT * FROM ${table}_gaps`);
          const messages = held.map(({ message }) => wireMessage.parse(JSON.parse(String(message))));
          return [...messages, ...gapsAsSent(gaps)];
        },
        stop: () => Promise.resolve(),
      };
    },
  };
}

sendersConform(postgres('postgres', false));
sendersConform(postgres('postgres, encrypted, by certificate', true));
